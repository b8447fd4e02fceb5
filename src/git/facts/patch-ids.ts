import { type Pair, PairMap } from '../../core/facts.ts'
import type { ObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import { SAFE_DIFF } from './line-counts.ts'

/** A squash merge is one commit of the target whose patch is the branch's whole change. */
export interface SquashQuestion {
  readonly pair: Pair
  readonly mergeBase: ObjectId
  /** The target's commits since the merge base. */
  readonly candidates: readonly ObjectId[]
}

/** `git patch-id --verbatim` answers one line `<patch id> <commit>` for each diff that is not empty, in order. */
const patchIds = async (git: GitReader, lines: readonly string[]): Promise<ReadonlyMap<string, string[]>> => {
  const diffs = await git.read(['diff-tree', '--stdin', '--patch', '--full-index', '--no-renames', ...SAFE_DIFF], {
    input: `${lines.join('\n')}\n`,
  })
  const { stdout } = await git.read(['patch-id', '--verbatim'], { input: diffs.stdout })
  const found = new Map<string, string[]>()
  for (const line of stdout.toString().split('\n')) {
    const [patch = '', commit = ''] = line.split(' ')
    if (commit !== '') found.set(commit, [...(found.get(commit) ?? []), patch])
  }
  return found
}

/**
 * Answers all questions by two pipelines: the branches' whole changes, and every candidate's own. What fails is not
 * answered, so nothing is taken for a match and nothing is remembered: the branch is kept. `--verbatim` came with git
 * 2.39; the older forms ignore white space and could call a different change the same, so on git 2.38 nothing matches.
 */
export const findSquashes = async (
  git: GitReader,
  version: number,
  questions: readonly SquashQuestion[],
): Promise<PairMap<boolean>> => {
  const answers = new PairMap<boolean>()
  if (questions.length === 0 || version < 2039) return answers
  const candidates = [...new Set(questions.flatMap((question) => question.candidates))]
  const changes = questions.map(({ pair, mergeBase }) => `${pair.head} ${mergeBase}`)
  try {
    const [branches, commits] = await Promise.all([patchIds(git, changes), patchIds(git, candidates)])
    for (const { pair, candidates: mine } of questions) {
      // Asked about with several merge bases, a head has as many answers, in the order of the questions.
      const wanted = branches.get(pair.head)?.shift()
      answers.set(pair, wanted !== undefined && mine.some((id) => commits.get(id)?.includes(wanted)))
    }
  } catch {
    return new PairMap()
  }
  return answers
}
