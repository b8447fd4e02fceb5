/** Every way in which `wt` can fail that is not a bug. Each has a heading in docs/errors.md. */
export type ErrorCode =
  | 'APPROVAL_NEEDED'
  | 'APPROVALS_INVALID'
  | 'CONFIG_INVALID'
  | 'DIRECTORY_GONE'
  | 'GIT_FAILED'
  | 'GIT_MISSING'
  | 'GIT_TIMED_OUT'
  | 'GIT_TOO_OLD'
  | 'HOOK_FAILED'
  | 'HOOK_UNKNOWN'
  | 'NOT_A_REPOSITORY'
  | 'REF_MOVED'
  | 'TEMPLATE_INVALID'

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
