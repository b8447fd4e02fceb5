import type { CarriedPath, StagedEntry } from './carry.ts'
import type { AbsolutePath, BranchName, ObjectId, RefName } from './ids.ts'
import type { RefSnapshot } from './snapshot.ts'

/** A compare-and-swap on one ref. `expected` is what the plan's snapshot saw; git refuses the edit otherwise. */
export type RefEdit =
  /** A premise: a ref that the decision leaned on, read and not written. */
  | { readonly kind: 'verify'; readonly ref: RefName; readonly expected: ObjectId }
  | { readonly kind: 'create'; readonly ref: RefName; readonly to: ObjectId }
  | { readonly kind: 'update'; readonly ref: RefName; readonly expected: ObjectId; readonly to: ObjectId }
  | { readonly kind: 'delete'; readonly ref: RefName; readonly expected: ObjectId }

/** Where the branch of a new worktree comes from. */
export type BranchSource =
  /** It is there; `tip` is where the plan saw it. */
  | { readonly kind: 'existing'; readonly tip: ObjectId }
  /** It is made, without an upstream. */
  | { readonly kind: 'new'; readonly start: ObjectId }
  /** It is made from a remote branch of the same name, which becomes its upstream. */
  | { readonly kind: 'tracking'; readonly upstream: RefName; readonly start: ObjectId }
  /** The repository has no commit yet, so the branch is born with its first one. */
  | { readonly kind: 'unborn' }

/** One thing that `apply` does. The union is closed; `apply` is one exhaustive switch. */
export type Effect =
  /** One atomic ref transaction; `reason` goes to the reflogs. */
  | { readonly kind: 'edit-refs'; readonly edits: readonly RefEdit[]; readonly reason: string }
  /** Drops the configuration that `git branch -d` would drop with a branch, once the branch is gone. */
  | { readonly kind: 'forget-branch'; readonly branch: BranchName }
  /** Adds a worktree, and with it the branch where that is not there yet. */
  | {
      readonly kind: 'add-worktree'
      readonly path: AbsolutePath
      readonly branch: BranchName
      readonly source: BranchSource
      /**
       * Whatever is at the path goes to `<path>.bak.<setAside>` first, or to the next such name that is free. Without it
       * the path must be free.
       */
      readonly setAside?: string
    }
  /** Moves uncommitted changes from one worktree into another that was just added. */
  | {
      readonly kind: 'carry'
      readonly from: AbsolutePath
      readonly to: AbsolutePath
      readonly paths: readonly CarriedPath[]
      readonly staged: readonly StagedEntry[]
    }

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
