import type { AbsolutePath, BranchName, ObjectId, RefName } from '../../core/ids.ts'
import type { Refusal } from '../../core/plan.ts'
import type { RemoveResult } from '../remove/result.ts'

/** What a landing tells while it is on its way, in the order in which it happens. */
export type Note =
  | { readonly kind: 'warning'; readonly text: string }
  /** Untracked paths that are about to be staged. `more` are left out. */
  | { readonly kind: 'untracked'; readonly paths: readonly string[]; readonly more: number }
  | { readonly kind: 'behind-upstream'; readonly branch: string; readonly upstream: string }
  | { readonly kind: 'files-followed'; readonly path: AbsolutePath }
  | { readonly kind: 'built-in-message' }
  | { readonly kind: 'writing-message'; readonly command: string }
  | { readonly kind: 'committed'; readonly commit: ObjectId; readonly message: string }
  | { readonly kind: 'backed-up'; readonly ref: RefName; readonly commit: ObjectId }
  | { readonly kind: 'squashed'; readonly commits: number; readonly commit: ObjectId; readonly message: string }
  | { readonly kind: 'not-squashed'; readonly why: SquashSkip; readonly target: string }
  | { readonly kind: 'rebased'; readonly outcome: RebaseOutcome['outcome']; readonly target: string }
  | ({ readonly kind: 'pushed' } & PushOutcome)
  | { readonly kind: 'preserved'; readonly path: AbsolutePath; readonly why: PreserveReason }
  | { readonly kind: 'removed'; readonly result: RemoveResult }
  /** The project's commands were not approved. */
  | { readonly kind: 'declined' }
  | { readonly kind: 'hooks-skipped'; readonly hook: string }
  /** A signal came in the middle of a rebase. */
  | { readonly kind: 'rebase-open'; readonly path: AbsolutePath }
  /** A failure concerns a worktree that is not the one that the command was called in. */
  | { readonly kind: 'source'; readonly path: AbsolutePath }

export type SquashSkip = 'no_commits_ahead' | 'already_single_commit' | 'no_net_changes'

/** Why the worktree of a branch that has landed stays. */
export type PreserveReason =
  | { readonly kind: 'asked' | 'on-target' | 'primary' }
  | { readonly kind: 'locked'; readonly reason: string | undefined }
  | { readonly kind: 'nested'; readonly path: AbsolutePath }

export interface CommitOutcome {
  readonly commit: ObjectId
  readonly message: string
}

export type SquashOutcome =
  | ({ readonly outcome: 'squashed' } & CommitOutcome)
  | { readonly outcome: SquashSkip; readonly target: string }

export interface RebaseOutcome {
  readonly outcome: 'rebased' | 'fast_forwarded' | 'up_to_date'
  readonly target: string
}

export type PushOutcome =
  | { readonly outcome: 'up_to_date' | 'fast_forwarded'; readonly target: BranchName; readonly commits: number }
  | {
      readonly outcome: 'merge_commit'
      readonly target: BranchName
      readonly commits: number
      readonly mergeCommit: ObjectId
    }

export interface MergeOutcome {
  readonly branch: BranchName
  readonly target: BranchName
  readonly committed: boolean
  readonly squashed: boolean
  readonly rebased: boolean
  readonly removed: boolean
}

/** One thing that a landing would do, as a dry run tells it. Ids of commits that are not made yet are not in it. */
export type PlannedStep =
  | { readonly kind: 'stage'; readonly worktree: AbsolutePath; readonly mode: 'all' | 'tracked' }
  | { readonly kind: 'commit'; readonly branch: BranchName | undefined; readonly message?: string }
  | {
      readonly kind: 'squash'
      readonly branch: BranchName
      readonly expected: ObjectId
      readonly base: ObjectId
      readonly commits: number
      /** Left out where a command of the user's would make it. */
      readonly message?: string
    }
  | { readonly kind: 'back-up'; readonly ref: RefName }
  | { readonly kind: 'rebase'; readonly branch: BranchName | undefined; readonly onto: ObjectId }
  | {
      readonly kind: 'advance'
      readonly ref: RefName
      readonly expected: ObjectId
      readonly how: 'fast-forward' | 'merge-commit'
      readonly worktree: AbsolutePath | undefined
    }
  | { readonly kind: 'remove'; readonly worktree: AbsolutePath; readonly branch: BranchName }
  | { readonly kind: 'keep'; readonly worktree: AbsolutePath; readonly why: PreserveReason }

/** What a dry run answers. `prompt` only where a message would be made. */
export interface Preview {
  readonly kind: 'preview'
  readonly steps: readonly PlannedStep[]
  readonly prompt?: string
  readonly command?: string
  readonly message?: string
}

/** What comes of a command that lands work. */
export type Landed<Outcome> =
  | { readonly kind: 'done'; readonly outcome: Outcome }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | Preview
  /** The prompt alone, for those who asked for it. */
  | { readonly kind: 'prompt'; readonly prompt: string }
