/** Every way in which `wt` can fail that is not a bug. Each has a heading in docs/errors.md. */
export type ErrorCode =
  | 'ALIAS_UNKNOWN'
  | 'APPROVALS_INVALID'
  | 'APPROVAL_NEEDED'
  | 'BRANCH_CHECKED_OUT'
  | 'CARRY_FAILED'
  | 'CHANGES_IN_WAY'
  | 'COMMAND_NAME_UNSAFE'
  | 'COMMAND_UNKNOWN'
  | 'CONFIG_INVALID'
  | 'CONFIG_UNWRITABLE'
  | 'CONFIRMATION_NEEDED'
  | 'COPY_FAILED'
  | 'DETACHED_HEAD'
  | 'DIRECTORY_GONE'
  | 'FLAGS_DISAGREE'
  | 'FLAG_INVALID'
  | 'GIT_FAILED'
  | 'GIT_MISSING'
  | 'GIT_TIMED_OUT'
  | 'GIT_TOO_OLD'
  | 'HAND_OFF_UNWRITABLE'
  | 'HOOK_FAILED'
  | 'HOOK_UNKNOWN'
  | 'INVALID_KEY'
  | 'LOCK_HELD'
  | 'MESSAGE_FAILED'
  | 'NAME_EMPTY'
  | 'NOT_A_REPOSITORY'
  | 'NOT_SET_ASIDE'
  | 'NO_COMMON_ANCESTOR'
  | 'NO_DEFAULT_BRANCH'
  | 'NO_PREVIOUS'
  | 'NO_SHELL_FILE'
  | 'NO_SUCH_BRANCH'
  | 'NO_SUCH_COMMIT'
  | 'NO_WORKTREE_AT_PATH'
  | 'NO_WORKTREE_OF_BRANCH'
  | 'OUTPUT_UNWRITABLE'
  | 'PATTERN_INVALID'
  | 'PROGRAM_NOT_STARTED'
  | 'PROMOTE_UNFINISHED'
  | 'RACE_LOST'
  | 'REBASE_STOPPED'
  | 'REF_MOVED'
  | 'SHELL_FILE_CHANGED'
  | 'SHELL_FILE_UNUSABLE'
  | 'STATE_UNWRITABLE'
  | 'SYNC_FAILED'
  | 'TEMPLATE_INVALID'
  | 'TRACE_UNREADABLE'
  | 'WORKTREE_DIRTY'
  | 'WORKTREE_HOLDS_ANOTHER'
  | 'WORKTREE_LOCKED'
  | 'WORKTREE_NOT_ADDED'
  | 'WORKTREE_NOT_OURS'
  | 'WORKTREE_UNMOVABLE'
  | 'WORKTREE_UNUSABLE'

interface WtErrorOptions {
  /** What to type or do next. */
  readonly hint?: string
  readonly cause?: unknown
  /** What the process leaves with, where it is not 1: the code of a program that was run for the user. */
  readonly exitCode?: number
}

/** A failure that the user can understand: what happened, and what to do next. No colour inside. */
export class WtError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly exitCode: number | undefined

  constructor(code: ErrorCode, message: string, options: WtErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'WtError'
    this.code = code
    this.hint = options.hint
    this.exitCode = options.exitCode
  }
}
