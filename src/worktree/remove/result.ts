import type { BranchName, ObjectId, RefName } from '../../core/ids.ts'
import type { IntegrationReason } from '../../core/integration.ts'
import type { Plan, Refusal } from '../../core/plan.ts'
import type { BranchRemovalCode } from './plan.ts'

/** What became of one branch. */
export type BranchOutcome =
  | {
      readonly kind: 'deleted'
      readonly branch: BranchName
      readonly was: ObjectId
      /** Where its work is; undefined when it was deleted without proof. */
      readonly proof: { readonly ref: RefName; readonly reason: IntegrationReason } | undefined
    }
  | { readonly kind: 'planned'; readonly branch: BranchName; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly branch: BranchName; readonly refusal: Refusal<BranchRemovalCode> }
  | { readonly kind: 'failed'; readonly branch: BranchName; readonly error: unknown }

export interface RemoveResult {
  readonly outcomes: readonly BranchOutcome[]
  readonly warnings: readonly string[]
}
