import type { BranchName, ObjectId, RefName } from './ids.ts'
import type { RefSnapshot } from './snapshot.ts'

/** A compare-and-swap on one ref. `expected` is what the plan's snapshot saw; git refuses the edit otherwise. */
export type RefEdit =
  /** A premise: a ref that the decision leaned on, read and not written. */
  | { readonly kind: 'verify'; readonly ref: RefName; readonly expected: ObjectId }
  | { readonly kind: 'create'; readonly ref: RefName; readonly to: ObjectId }
  | { readonly kind: 'update'; readonly ref: RefName; readonly expected: ObjectId; readonly to: ObjectId }
  | { readonly kind: 'delete'; readonly ref: RefName; readonly expected: ObjectId }

/** One thing that `apply` does. The union is closed; `apply` is one exhaustive switch. */
export type Effect =
  /** One atomic ref transaction; `reason` goes to the reflogs. */
  | { readonly kind: 'edit-refs'; readonly edits: readonly RefEdit[]; readonly reason: string }
  /** Drops the configuration that `git branch -d` would drop with a branch, once the branch is gone. */
  | { readonly kind: 'forget-branch'; readonly branch: BranchName }

/** What will be done, as a value: dry run, JSON and `apply` read the same. It remembers the snapshot it came from. */
export interface Plan {
  readonly kind: 'plan'
  readonly basis: RefSnapshot
  readonly effects: readonly Effect[]
}

/** The request was understood and will not be done. An outcome, not an exception. */
export interface Refusal<Code extends string = string> {
  readonly kind: 'refusal'
  readonly code: Code
  readonly message: string
  readonly hint?: string
}
