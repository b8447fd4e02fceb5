import type { BranchName } from '../../core/ids.ts'
import type { Refusal } from '../../core/plan.ts'
import type { PromoteRefusalCode } from './plan.ts'

export type PromoteResult =
  | { readonly kind: 'already-in-main'; readonly branch: BranchName }
  | { readonly kind: 'refused'; readonly refusal: Refusal<PromoteRefusalCode> }
  | {
      readonly kind: 'planned' | 'promoted'
      /** The branch that the main worktree gets. */
      readonly target: BranchName
      /** The one that it had. */
      readonly mainBranch: BranchName
      /** Ignored files and directories that follow their branch. */
      readonly swapped: number
      /** The main worktree is on another branch than the default one. */
      readonly mismatch: boolean
    }
