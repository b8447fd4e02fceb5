/** Every way in which `wt` can fail that is not a bug. Each has a heading in docs/errors.md. */
export type ErrorCode =
  | 'CONFIG_INVALID'
  | 'COPY_FAILED'
  | 'DETACHED_HEAD'
  | 'DIRECTORY_GONE'
  | 'GIT_FAILED'
  | 'GIT_MISSING'
  | 'GIT_TIMED_OUT'
  | 'GIT_TOO_OLD'
  | 'HAND_OFF_UNWRITABLE'
  | 'LOCK_HELD'
  | 'NO_COMMON_ANCESTOR'
  | 'NO_DEFAULT_BRANCH'
  | 'NO_PREVIOUS'
  | 'NO_SUCH_COMMIT'
  | 'NO_WORKTREE_AT_PATH'
  | 'NO_WORKTREE_OF_BRANCH'
  | 'NOT_A_REPOSITORY'
  | 'PATTERN_INVALID'
  | 'PROGRAM_NOT_STARTED'
  | 'PROMOTE_UNFINISHED'
  | 'REF_MOVED'
  | 'TEMPLATE_INVALID'
  | 'WORKTREE_UNUSABLE'

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
