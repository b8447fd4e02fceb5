import type { AbsolutePath, BranchName } from '../core/ids.ts'
import type { Worktree, WorktreeSnapshot } from '../core/worktrees.ts'
import { canonical } from '../git/paths.ts'
import { previousIn } from '../git/previous.ts'
import type { Repository } from '../git/repository.ts'

/** The main worktree; in a bare repository the default branch's, else the first that is really there. */
export const primaryOf = (snapshot: WorktreeSnapshot, defaultBranch: BranchName | undefined): Worktree | undefined => {
  const { worktrees, bare } = snapshot
  if (!bare) return worktrees[0]
  const usable = worktrees.filter(({ prunable, broken }) => prunable === undefined && broken === undefined)
  return usable.find(({ branch }) => branch !== undefined && branch === defaultBranch) ?? usable[0]
}

/** The worktree at a path, by text or, where links are involved, by what the paths lead to. */
export const worktreeAt = (snapshot: WorktreeSnapshot, path: AbsolutePath | undefined): Worktree | undefined => {
  if (path === undefined) return undefined
  const literal = snapshot.worktrees.find((worktree) => worktree.path === path)
  if (literal !== undefined) return literal
  const real = canonical(path)
  return snapshot.worktrees.find((worktree) => canonical(worktree.path) === real)
}

/** The worktree that was left last, as long as it still holds the branch that it held then. */
export const previousOf = (snapshot: WorktreeSnapshot, { settings }: Repository): Worktree | undefined => {
  const { path, branch } = previousIn(settings)
  const there = worktreeAt(snapshot, path)
  if (there !== undefined && there.branch === branch) return there
  return branch === undefined ? undefined : snapshot.worktrees.find((worktree) => worktree.branch === branch)
}
