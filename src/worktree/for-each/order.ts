import type { CommitHeader } from '../../core/facts.ts'
import type { ObjectId } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { Look } from '../look.ts'

/** The order of `wt list`: the worktree at hand, the primary one, then the newest commit first. */
export const inListOrder = (
  { current, primary }: Pick<Look, 'current' | 'primary'>,
  worktrees: readonly Worktree[],
  headers: ReadonlyMap<ObjectId, CommitHeader>,
): readonly Worktree[] => {
  const rank = (worktree: Worktree): number => (worktree === current ? 0 : worktree === primary ? 1 : 2)
  const date = ({ head }: Worktree): number => (head && headers.get(head)?.committedAt) ?? Number.NEGATIVE_INFINITY
  const later = (a: Worktree, b: Worktree): number => (date(a) === date(b) ? 0 : date(b) > date(a) ? 1 : -1)
  return [...worktrees].sort((a, b) => rank(a) - rank(b) || later(a, b))
}
