import type { AbsolutePath, BranchName, ObjectId, RefName } from './ids.ts'
import type { RefSnapshot } from './snapshot.ts'

/** A compare-and-swap on one ref. `expected` is what the plan's snapshot saw; git refuses the edit otherwise. */
export type RefEdit =
  /** A premise: a ref that the decision leaned on, read and not written. */
  | { readonly kind: 'verify'; readonly ref: RefName; readonly expected: ObjectId }
  | { readonly kind: 'create'; readonly ref: RefName; readonly to: ObjectId }
  | { readonly kind: 'update'; readonly ref: RefName; readonly expected: ObjectId; readonly to: ObjectId }
  | { readonly kind: 'delete'; readonly ref: RefName; readonly expected: ObjectId }

/** A path that is kept for a while when its worktree is removed, from the worktree's root. */
export interface KeptEntry {
  readonly path: string
  /** `changed`: git has another content, or none that is committed. */
  readonly why: 'changed' | 'untracked' | 'ignored' | 'late'
}

/** The registration of a linked worktree, and what it is about. */
export interface RegisteredWorktree {
  /** Its name under `<common>/worktrees/`. */
  readonly id: string
  readonly gitDir: AbsolutePath
  readonly path: AbsolutePath
  readonly branch: BranchName | undefined
  readonly head: ObjectId | undefined
}

/** One thing that `apply` does. The union is closed; `apply` is one exhaustive switch. */
export type Effect =
  /** One atomic ref transaction; `reason` goes to the reflogs. */
  | {
      readonly kind: 'edit-refs'
      readonly edits: readonly RefEdit[]
      readonly reason: string
      /** A branch that no worktree may have checked out at that moment. */
      readonly unused?: BranchName
    }
  /** Drops the configuration that `git branch -d` would drop with a branch, once the branch is gone. */
  | { readonly kind: 'forget-branch'; readonly branch: BranchName }
  /** Moves a worktree's directory into the trash and clears its registration. What git can't give back is kept. */
  | {
      readonly kind: 'stage-worktree'
      readonly worktree: RegisteredWorktree
      /** What will be kept for a while, as far as there is room for it. */
      readonly keeps: readonly KeptEntry[]
      /** Bytes of ignored files that are kept at most. */
      readonly limit: number
      /** Its index, or a submodule of it, holds what may be nowhere else. */
      readonly whole: boolean
      /** Discards what is not committed (`--force`). */
      readonly force: boolean
      /** git's status is asked once more right before. */
      readonly confirm: boolean
      /** Milliseconds since 1970, from before the status was asked. */
      readonly checkedAt: number
    }
  /** Clears the registration of a worktree that is not there. Whatever stands at its path stays. */
  | { readonly kind: 'unregister-worktree'; readonly worktree: RegisteredWorktree; readonly whole: boolean }

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
  /** What it is about, line by line: the changes that would be lost. */
  readonly details?: readonly string[]
}
