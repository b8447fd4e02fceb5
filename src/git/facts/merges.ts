import { type MergeOutcome, type Pair, PairMap } from '../../core/facts.ts'
import { toObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import { inHalves } from './in-halves.ts'
import { ATTEMPTS } from './line-counts.ts'

/** Merge settings are pinned to git's defaults, so that the answer belongs to the two commits and to nothing else. */
const PINNED = ['merge.renames=true', 'merge.directoryRenames=conflict', 'merge.renameLimit=7000']
const MERGE_TREE = [...PINNED.flatMap((setting) => ['-c', setting]), 'merge-tree', '--write-tree']

const outcome = (clean: boolean, tree: string): MergeOutcome | undefined => {
  const id = toObjectId(tree)
  return !clean ? { kind: 'conflict' } : id === undefined ? undefined : { kind: 'clean', tree: id }
}

/** Many merges by one process: `<1|0> NUL <tree> NUL (<conflicted path> NUL)* NUL` for each, in order. */
const ask = async (
  git: GitReader,
  pairs: readonly Pair[],
  env: Readonly<Record<string, string>>,
  outcomes: PairMap<MergeOutcome>,
  attempts = ATTEMPTS,
): Promise<void> => {
  const input = `${pairs.map(({ base, head }) => `${base} ${head}`).join('\n')}\n`
  const { stdout } = await git.read([...MERGE_TREE, '--no-messages', '--name-only', '--stdin'], {
    input,
    env,
    answers: [0, 1, 128],
  })
  const fields = stdout.toString('latin1').split('\0')
  let at = 0
  for (const [asked, pair] of pairs.entries()) {
    const [status, tree = ''] = [fields[at], fields[at + 1]]
    const end = fields.indexOf('', at + 2)
    if ((status !== '0' && status !== '1') || end < 0) {
      const rest = pairs.slice(asked + 1)
      if (rest.length > 0 && attempts > 0) await ask(git, rest, env, outcomes, attempts - 1)
      return
    }
    const found = outcome(status === '1', tree)
    if (found !== undefined) outcomes.set(pair, found)
    at = end + 1
  }
}

/** git 2.38 merges one pair per process. Exit code 1 is a conflict; anything else is no answer. */
const askOne = async (
  git: GitReader,
  pair: Pair,
  env: Readonly<Record<string, string>>,
  outcomes: PairMap<MergeOutcome>,
): Promise<void> => {
  const { code, stdout } = await git.read([...MERGE_TREE, '--no-messages', pair.base, pair.head], {
    env,
    // In a place of its own it takes its turn: there may be hundreds.
    cwd: git.cwd,
    answers: [0, 1, 128, 255],
  })
  const found = code > 1 ? undefined : outcome(code === 0, stdout.toString().split('\n')[0] ?? '')
  if (found !== undefined) outcomes.set(pair, found)
}

/** What merging each `head` into its `base` gives. What git writes on the way goes where `env` says. */
export const tryMerges = async (
  git: GitReader,
  version: number,
  pairs: readonly Pair[],
  env: Readonly<Record<string, string>>,
): Promise<PairMap<MergeOutcome>> => {
  const outcomes = new PairMap<MergeOutcome>()
  if (version >= 2039) await inHalves(pairs, (part) => ask(git, part, env, outcomes))
  else await Promise.all(pairs.map((pair) => askOne(git, pair, env, outcomes)))
  return outcomes
}
