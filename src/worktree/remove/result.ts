import type { AbsolutePath, BranchName, ObjectId, RefName } from '../../core/ids.ts'
import type { Interrupted } from '../../core/interrupted.ts'
import type { Plan, Refusal } from '../../core/plan.ts'
import type { HookEvent } from '../../hooks/result.ts'
import type { NotIntegrated } from '../../host/hand-off.ts'
import type { Proof } from './plan.ts'

/** What became of a branch. */
export type BranchOutcome =
  | {
      readonly kind: 'deleted'
      readonly was: ObjectId
      /** Where its work is; undefined when it was deleted without proof. */
      readonly proof: Proof | undefined
    }
  | {
      readonly kind: 'not_attempted'
      readonly why: 'detached' | 'asked' | 'unborn' | 'gone' | 'shared'
      /** The other worktree that has it checked out. */
      readonly at?: AbsolutePath
      /** It was to be deleted without proof. */
      readonly forced?: boolean
    }
  | {
      readonly kind: 'retained_unmerged'
      readonly refusal: Refusal
      /** It was to be deleted, and then a hook changed it. */
      readonly surprising?: boolean
    }
  | { readonly kind: 'retained_checked_out'; readonly at: AbsolutePath | undefined }
  | { readonly kind: 'retained_raced' }
  | { readonly kind: 'retained_failed'; readonly error: unknown }

/** A path whose size has been told, as far as it was worth to find out. */
export interface SizedPath {
  readonly path: string
  readonly files: number
  readonly bytes: number
  /** There is more than was counted. */
  readonly more: boolean
}

/** What became of what git could not give back. */
export interface KeptFiles {
  /** Where it is kept. */
  readonly place: AbsolutePath
  /** Changed and untracked files of a forced removal, and whatever was written while it was removed. */
  readonly discarded: readonly string[]
  readonly ignored: readonly SizedPath[]
  /** Ignored, and too much to be kept. */
  readonly dropped: readonly SizedPath[]
}

/** What became of one target. */
export type RemovalOutcome =
  | {
      readonly kind: 'worktree'
      readonly path: AbsolutePath
      readonly branch: BranchName | undefined
      /** The commit that it stood on. */
      readonly head: ObjectId | undefined
      /** The ref that now reaches commits which only this worktree reached. */
      readonly backup: RefName | undefined
      /** The entries that `--force` discarded, as status letters and path. */
      readonly discarded: readonly string[]
      readonly kept: KeptFiles | undefined
      /** It was not there, and only its registration was cleared; files at its path stay. */
      readonly stale: boolean
      /** Its registration could not be cleared, as something new stands at its path. */
      readonly uncleared: boolean
      readonly outcome: BranchOutcome
    }
  | {
      readonly kind: 'branch'
      readonly branch: BranchName
      /** The entry of a worktree that is not there was cleared: its path. */
      readonly pruned: AbsolutePath | undefined
      /** A detached worktree stands where the branch's own would. */
      readonly detachedAt: AbsolutePath | undefined
      readonly outcome: BranchOutcome
    }
  | {
      readonly kind: 'planned'
      readonly path: AbsolutePath | undefined
      readonly branch: BranchName | undefined
      readonly stale: boolean
      readonly plan: Plan
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly error: unknown }

/** Where the shell goes, or should go. */
export interface LandingResult {
  readonly path: AbsolutePath
  /** Undefined when the shell was told. */
  readonly stays: NotIntegrated | undefined
}

export interface RemoveResult {
  /** In the order in which targets were dealt with. */
  readonly outcomes: readonly RemovalOutcome[]
  readonly landing: LandingResult | undefined
  /** Processes that were ended for `--reap`; undefined when it was not asked for. */
  readonly reaped: readonly { readonly pid: number; readonly name: string }[] | undefined
  readonly warnings: readonly string[]
  /** The hooks that were started in the end. */
  readonly started: readonly HookEvent[]
  /** The project's commands were declined. */
  readonly declined: boolean
  /** What has cancelled the command: nothing more was begun. It is to be thrown once all this has been told. */
  readonly interrupted: Interrupted | undefined
}
