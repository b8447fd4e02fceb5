/** Every way in which `wt` can fail that is not a bug. Each has a heading in docs/errors.md. */
export type ErrorCode =
  | 'CHANGES_IN_WAY'
  | 'CONFIG_INVALID'
  | 'DETACHED_HEAD'
  | 'DIRECTORY_GONE'
  | 'GIT_FAILED'
  | 'GIT_MISSING'
  | 'GIT_TIMED_OUT'
  | 'GIT_TOO_OLD'
  | 'HAND_OFF_UNWRITABLE'
  | 'LOCK_HELD'
  | 'MESSAGE_FAILED'
  | 'NO_DEFAULT_BRANCH'
  | 'NO_PREVIOUS'
  | 'NO_WORKTREE_AT_PATH'
  | 'NOT_A_REPOSITORY'
  | 'REBASE_STOPPED'
  | 'REF_MOVED'
  | 'SYNC_FAILED'

/** What each code leaves the process with, where it is not 1. */
interface WtErrorOptions {
  /** What to type or do next. */
  readonly hint?: string
  readonly cause?: unknown
}

/** A failure that the user can understand: what happened, and what to do next. No colour inside. */
export class WtError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: WtErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'WtError'
    this.code = code
    this.hint = options.hint
  }
}
