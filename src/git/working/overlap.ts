import { decodeBytes } from '../../core/bytes.ts'
import type { ObjectId } from '../../core/ids.ts'
import { DIFF_OPTIONS } from '../facts/line-counts.ts'
import type { GitReader } from '../git.ts'
import type { StatusEntry } from '../parse-status.ts'

/** A change of tracked files, in question against a target that has moved on. */
export interface OverlapQuestion {
  readonly mergeBase: ObjectId
  readonly base: ObjectId
  readonly head: ObjectId
  readonly entries: readonly StatusEntry[]
}

/** Only content of files that stay where they are; anything else can take part in a rename. */
const PLAIN = new Set(['.M', 'M.', 'MM'])

/** The paths that differ between the commits of each pair, by one process: raw records are told from headers by `:`. */
const changedPaths = async (
  git: GitReader,
  pairs: readonly (readonly [from: ObjectId, to: ObjectId])[],
): Promise<readonly ReadonlySet<string>[]> => {
  const input = `${pairs.map(([from, to]) => `${to} ${from}`).join('\n')}\n`
  const args = ['diff-tree', '--stdin', '--raw', '-z', '--always', ...DIFF_OPTIONS, '--no-renames']
  const { stdout } = await git.read(args, { input })
  const sets: Set<string>[] = []
  const fields = decodeBytes(stdout).split('\0')
  for (let at = 0; at < fields.length; at++) {
    const field = fields[at] as string
    if (field.startsWith(':')) sets.at(-1)?.add(fields[++at] as string)
    else if (field !== '') sets.push(new Set())
  }
  return sets
}

/**
 * For each question, whether the uncommitted changes can't alter what merging the commits gives: they only edit files
 * that neither side has touched since the merge base. Then the answer for the commits is the answer for the worktree.
 */
export const aloneInTheirFiles = async (
  git: GitReader,
  questions: readonly OverlapQuestion[],
): Promise<readonly boolean[]> => {
  const plain = questions.filter(({ entries }) => entries.every(({ xy, submodule }) => PLAIN.has(xy) && !submodule))
  if (plain.length === 0) return questions.map(() => false)
  const sets = await changedPaths(
    git,
    plain.flatMap(({ mergeBase, base, head }) => [[mergeBase, base] as const, [mergeBase, head] as const]),
  )
  if (sets.length !== plain.length * 2) return questions.map(() => false)
  return questions.map((question) => {
    const at = plain.indexOf(question)
    if (at < 0) return false
    const [theirs, ours] = [sets[at * 2], sets[at * 2 + 1]]
    return question.entries.every(({ path }) => !theirs?.has(path) && !ours?.has(path))
  })
}
