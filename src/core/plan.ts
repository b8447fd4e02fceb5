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
  /** Only a note, such as ORIG_HEAD: whatever it was, nobody's work hangs on it. */
  | { readonly kind: 'note'; readonly ref: RefName; readonly to: ObjectId }

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
      /** The refs get a reflog even where git would keep none. */
      readonly logged?: boolean
    }
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
  /** What it is about, line by line: the changes that would be lost. */
  readonly details?: readonly string[]
}

/** Makes a refusal: what is in the way, what to type instead, and what it is about. */
export const refusal = <Code extends string>(
  code: Code,
  message: string,
  hint?: string,
  details: readonly string[] = [],
): Refusal<Code> => ({
  kind: 'refusal',
  code,
  message,
  ...(hint !== undefined && { hint }),
  ...(details.length > 0 && { details }),
})
