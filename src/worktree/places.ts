import type { BranchName } from '../core/ids.ts'
import { primaryOf, type Worktree, type WorktreeSnapshot } from '../core/worktrees.ts'
import { previousIn } from '../git/previous.ts'
import type { Repository } from '../git/repository.ts'
import { worktreeAt } from '../git/worktrees.ts'

/** The worktree that a list begins with: the primary one; in a bare repository without it the first that is there. */
export const firstOf = (snapshot: WorktreeSnapshot, defaultBranch: BranchName | undefined): Worktree | undefined =>
  primaryOf(snapshot, defaultBranch) ??
  snapshot.worktrees.find(({ prunable, broken }) => prunable === undefined && broken === undefined)

/** The worktree that was left last, as long as it still holds the branch that it held then. */
export const previousOf = (snapshot: WorktreeSnapshot, { settings }: Repository): Worktree | undefined => {
  const { path, branch } = previousIn(settings)
  const there = worktreeAt(snapshot, path)
  if (there !== undefined && there.branch === branch) return there
  return branch === undefined ? undefined : snapshot.worktrees.find((worktree) => worktree.branch === branch)
}
