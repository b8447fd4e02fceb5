import type { AbsolutePath, BranchName, ObjectId } from '../../core/ids.ts'
import type { Effect, Refusal } from '../../core/plan.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { Worktree } from '../../core/worktrees.ts'
import {
  type BranchRemovalCode,
  type BranchRemovalFacts,
  holds,
  type Proof,
  planBranchRemoval,
  proofFor,
} from './plan.ts'

/** What is to happen to the branch of a worktree that is removed. */
export type BranchDecision =
  /** Nothing is tried. `shared`: another worktree has it checked out. */
  | { readonly kind: 'leave'; readonly why: 'detached' | 'asked' | 'unborn' | 'gone' }
  | { readonly kind: 'leave'; readonly why: 'shared'; readonly at: AbsolutePath; readonly forced: boolean }
  | {
      readonly kind: 'delete'
      readonly was: ObjectId
      /** Undefined when it goes without proof. */
      readonly proof: Proof | undefined
      readonly effects: readonly Effect[]
    }
  | { readonly kind: 'keep'; readonly refusal: Refusal<BranchRemovalCode> }
  /** It is not where it was when it was to be deleted without proof. */
  | { readonly kind: 'moved' }

export interface DecisionOptions {
  readonly deleteBranch: boolean
  readonly forceDelete: boolean
  /** Where the branch stood when the command began: only that is deleted without proof. */
  readonly seen: ObjectId | undefined
}

/** Decides about a branch. `leaving` is the worktree that goes, if there is one. */
export const decideBranch = (
  basis: RefSnapshot,
  facts: BranchRemovalFacts,
  branch: BranchName | undefined,
  leaving: Worktree | undefined,
  { deleteBranch, forceDelete, seen }: DecisionOptions,
): BranchDecision => {
  if (branch === undefined) return { kind: 'leave', why: 'detached' }
  const was = basis.tip(branch)
  if (was === undefined && (leaving !== undefined || seen !== undefined)) {
    return { kind: 'leave', why: seen === undefined ? 'unborn' : 'gone' }
  }
  const other = facts.worktrees.worktrees.find((each) => each !== leaving && holds(each, branch))
  if (leaving !== undefined && other !== undefined) {
    return { kind: 'leave', why: 'shared', at: other.path, forced: forceDelete }
  }
  if (!deleteBranch) return { kind: 'leave', why: 'asked' }
  const options = { branch, force: forceDelete, ...(leaving && { leaving }) }
  const plan = planBranchRemoval(basis, facts, options)
  if (plan.kind === 'refusal') return { kind: 'keep', refusal: plan }
  if (was === undefined) throw new TypeError('a plan to delete a branch that the snapshot does not have')
  // Made after the user said so: a hook's commit, perhaps.
  if (forceDelete && seen !== undefined && was !== seen) return { kind: 'moved' }
  const proof = forceDelete ? undefined : proofFor(basis, facts, branch)
  return { kind: 'delete', was, proof, effects: plan.effects }
}
