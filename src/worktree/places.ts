import type { BranchName } from '../core/ids.ts'
import type { Worktree, WorktreeSnapshot } from '../core/worktrees.ts'
import { previousIn } from '../git/previous.ts'
import type { Repository } from '../git/repository.ts'
import { worktreeAt } from '../git/worktrees.ts'

/** The main worktree; in a bare repository the default branch's, else the first that is really there. */
export const primaryOf = (snapshot: WorktreeSnapshot, defaultBranch: BranchName | undefined): Worktree | undefined => {
  const { worktrees, bare } = snapshot
  if (!bare) return worktrees[0]
  const usable = worktrees.filter(({ prunable, broken }) => prunable === undefined && broken === undefined)
  return usable.find(({ branch }) => branch !== undefined && branch === defaultBranch) ?? usable[0]
}

/** The worktree that was left last, as long as it still holds the branch that it held then. */
export const previousOf = (snapshot: WorktreeSnapshot, { settings }: Repository): Worktree | undefined => {
  const { path, branch } = previousIn(settings)
  const there = worktreeAt(snapshot, path)
  if (there !== undefined && there.branch === branch) return there
  return branch === undefined ? undefined : snapshot.worktrees.find((worktree) => worktree.branch === branch)
}
