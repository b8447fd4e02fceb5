import type { AbsolutePath, BranchName, ObjectId, RefName } from './ids.ts'
import type { RefSnapshot } from './snapshot.ts'

/** A compare-and-swap on one ref. `expected` is what the plan's snapshot saw; git refuses the edit otherwise. */
export type RefEdit =
  /** A premise: a ref that the decision leaned on, read and not written. */
  | { readonly kind: 'verify'; readonly ref: RefName; readonly expected: ObjectId }
  | { readonly kind: 'create'; readonly ref: RefName; readonly to: ObjectId }
  | { readonly kind: 'update'; readonly ref: RefName; readonly expected: ObjectId; readonly to: ObjectId }
  | { readonly kind: 'delete'; readonly ref: RefName; readonly expected: ObjectId }
  /** Only a note, such as ORIG_HEAD: whatever it was, nobody's work hangs on it. */
  | { readonly kind: 'note'; readonly ref: RefName; readonly to: ObjectId }

/** One thing that `apply` does. The union is closed; `apply` is one exhaustive switch. */
export type Effect =
  /** One atomic ref transaction; `reason` goes to the reflogs. */
  | {
      readonly kind: 'edit-refs'
      readonly edits: readonly RefEdit[]
      readonly reason: string
      /** The refs get a reflog even where git would keep none. */
      readonly logged?: boolean
    }
  /** Drops the configuration that `git branch -d` would drop with a branch, once the branch is gone. */
  | { readonly kind: 'forget-branch'; readonly branch: BranchName }
  /** Puts what changed in a worktree into its index. */
  | {
      readonly kind: 'stage'
      readonly worktree: AbsolutePath
      readonly mode: 'all' | 'tracked'
      /** Paths in it that are other worktrees. */
      readonly except: readonly string[]
    }
  /** Commits what is staged, on whatever is checked out there. */
  | { readonly kind: 'commit'; readonly worktree: AbsolutePath; readonly message: string }
  /** Replaces an index by one that was made from it, if it is still the same. */
  | { readonly kind: 'adopt-index'; readonly index: string; readonly seen: string; readonly replacement: string }
  /** Lays the commits of the branch that is checked out there on another commit. */
  | { readonly kind: 'rebase'; readonly worktree: AbsolutePath; readonly onto: ObjectId }
  | Advance

/** Moves a branch to a commit that builds on it, and the files of its worktree with it; both or neither. */
export interface Advance {
  readonly kind: 'advance'
  readonly ref: RefName
  readonly expected: ObjectId
  readonly to: ObjectId
  /** The ref that holds the work that lands, and where it must be; none when HEAD is detached. */
  readonly source?: { readonly ref: RefName; readonly expected: ObjectId }
  readonly reason: string
  /** Where the branch is checked out. */
  readonly worktree?: { readonly path: AbsolutePath; readonly gitDir: AbsolutePath }
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
