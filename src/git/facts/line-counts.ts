import { type LineCounts, type Pair, PairMap } from '../../core/facts.ts'
import type { GitReader } from '../git.ts'
import { inHalves } from './in-halves.ts'

/** What every diff of ours pins: nothing hidden, no program of the user's run. */
export const SAFE_DIFF = ['-r', '--no-ext-diff', '--no-textconv', '--ignore-submodules=none']

/** The same with renames paired. */
export const DIFF_OPTIONS = ['-M', '-l1000', ...SAFE_DIFF]

/** git breaks off at the first object that it can't read; it is asked for the rest as often as this. */
export const ATTEMPTS = 16

/** Parses git's `--shortstat` line; a count that is zero is left out by git. */
export const parseShortstat = (text: string): LineCounts => ({
  added: Number(/(\d+) insertion/.exec(text)?.[1] ?? 0),
  deleted: Number(/(\d+) deletion/.exec(text)?.[1] ?? 0),
})

/** Answers come in order, under the id of the commit; a pair that git could not read is left out. */
const parseAnswers = (pairs: readonly Pair[], text: string): readonly (LineCounts | 'begun' | undefined)[] => {
  const answers: (LineCounts | 'begun' | undefined)[] = []
  for (const line of text.split('\n')) {
    if (/^[0-9a-f]{40,}$/.test(line)) {
      const at = pairs.findIndex(({ head }, index) => index >= answers.length && head === line)
      if (at < 0) continue
      answers.length = at
      answers.push('begun')
    } else if (line !== '' && answers.length > 0) answers[answers.length - 1] = parseShortstat(line)
  }
  return answers
}

const ask = async (
  git: GitReader,
  pairs: readonly Pair[],
  counts: PairMap<LineCounts>,
  attempts = ATTEMPTS,
): Promise<void> => {
  // A commit followed by an id is diffed against that id as if it were its parent.
  const input = `${pairs.map(({ base, head }) => `${head} ${base}`).join('\n')}\n`
  const args = ['diff-tree', '--stdin', '--shortstat', '--always', ...DIFF_OPTIONS]
  const { code, stdout } = await git.read(args, { input, answers: [0, 128] })
  const answers = parseAnswers(pairs, stdout.toString())
  answers.forEach((answer, at) => {
    // Where git broke off, a pair that was only begun is the one that it could not read.
    const last = code !== 0 && at === answers.length - 1
    if (answer === undefined || (answer === 'begun' && last)) return
    counts.set(pairs[at] as Pair, answer === 'begun' ? { added: 0, deleted: 0 } : answer)
  })
  if (code === 0 || attempts === 0) return
  const rest = pairs.slice(answers.at(-1) === 'begun' ? answers.length : answers.length + 1)
  if (rest.length > 0) await ask(git, rest, counts, attempts - 1)
}

/** Lines changed from `base` to `head`, by one or two processes for all pairs. */
export const countLines = async (git: GitReader, pairs: readonly Pair[]): Promise<PairMap<LineCounts>> => {
  const counts = new PairMap<LineCounts>()
  await inHalves(pairs, (part) => ask(git, part, counts))
  return counts
}
