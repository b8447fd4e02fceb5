import { type LineCounts, type Pair, PairMap } from '../../core/facts.ts'
import type { GitReader } from '../git.ts'
import { inHalves } from './in-halves.ts'

/** What every diff of ours pins: renames paired, nothing hidden, no program of the user's run. */
export const DIFF_OPTIONS = ['-r', '-M', '-l1000', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none']

/** Parses git's `--shortstat` line; a count that is zero is left out by git. */
export const parseShortstat = (text: string): LineCounts => ({
  added: Number(/(\d+) insertion/.exec(text)?.[1] ?? 0),
  deleted: Number(/(\d+) deletion/.exec(text)?.[1] ?? 0),
})

const ask = async (git: GitReader, pairs: readonly Pair[], counts: PairMap<LineCounts>): Promise<void> => {
  // A commit followed by an id is diffed against that id as if it were its parent.
  const input = `${pairs.map(({ base, head }) => `${head} ${base}`).join('\n')}\n`
  const { stdout } = await git.read(['diff-tree', '--stdin', '--shortstat', '--always', ...DIFF_OPTIONS], {
    input,
    answers: [0, 128],
  })
  // Answers come in order, under the id of the commit; a pair that git could not read is left out.
  let next = 0
  for (const line of stdout.toString().split('\n')) {
    if (/^[0-9a-f]{40,}$/.test(line)) {
      const at = pairs.findIndex(({ head }, index) => index >= next && head === line)
      if (at < 0) continue
      next = at + 1
      counts.set(pairs[at] as Pair, { added: 0, deleted: 0 })
    } else if (line !== '' && next > 0) counts.set(pairs[next - 1] as Pair, parseShortstat(line))
  }
}

/** Lines changed from `base` to `head`, by one or two processes for all pairs. */
export const countLines = async (git: GitReader, pairs: readonly Pair[]): Promise<PairMap<LineCounts>> => {
  const counts = new PairMap<LineCounts>()
  await inHalves(pairs, (part) => ask(git, part, counts))
  return counts
}
