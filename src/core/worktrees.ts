import type { AbsolutePath, BranchName, ObjectId } from './ids.ts'

/** What git is in the middle of in a worktree. */
export type Operation = 'merge' | 'rebase' | 'cherry-pick' | 'revert' | 'bisect'

/** One registered worktree at one moment. */
export interface Worktree {
  /** The registration's name under `<common>/worktrees/`; `undefined` for the main worktree. */
  readonly id: string | undefined
  readonly path: AbsolutePath
  /** Its own git directory: HEAD, index and operation state live there. */
  readonly gitDir: AbsolutePath
  /** The commit it stands on; undefined while its branch is unborn. */
  readonly head: ObjectId | undefined
  /** The branch it is on; undefined when detached. */
  readonly branch: BranchName | undefined
  readonly detached: boolean
  readonly locked?: { readonly reason: string | undefined }
  /** The registration stands, the worktree does not: why git would prune it. */
  readonly prunable?: { readonly reason: string }
  /** The registration itself can't be read: why. Nothing else about such an entry can be relied on. */
  readonly broken?: string
  readonly operation?: Operation
  /** The branch that a rebase or a bisection will put HEAD back on: detached for now, but not free either. */
  readonly borrowed?: BranchName
}

/** Every registered worktree, the main one first, then by path. A bare repository's own directory is not one. */
export interface WorktreeSnapshot {
  readonly worktrees: readonly Worktree[]
  /** The repository has no main worktree. */
  readonly bare: boolean
}

/** The main worktree; in a bare repository the default branch's, if that is really there. */
export const primaryOf = (snapshot: WorktreeSnapshot, defaultBranch: BranchName | undefined): Worktree | undefined => {
  const { worktrees, bare } = snapshot
  if (!bare) return worktrees[0]
  const usable = worktrees.filter(({ prunable, broken }) => prunable === undefined && broken === undefined)
  return usable.find(({ branch }) => branch !== undefined && branch === defaultBranch)
}
