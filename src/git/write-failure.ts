import { WtError } from '../core/errors.ts'
import { shellQuoted } from './paths.ts'
import type { SimpleResult } from './simple.ts'
import { complaint, subcommandOf } from './words.ts'

/** How a git that writes ended, kept whole as the cause of its GIT_FAILED. */
export class GitExit extends Error {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined

  constructor({ code, stderr }: SimpleResult) {
    super(stderr.trim())
    this.name = 'GitExit'
    this.code = code
  }
}

/** git names the lock file it could not create; for a configuration file it names the file. */
const HELD = [/Unable to create '(.+\.lock)': File exists/, /could not lock config file (.+): File exists/] as const

/** What the lock file of reftable is called, from the common directory; git does not name it. */
export const REFTABLE_LOCK = 'reftable/tables.list.lock'

/** The lock file that kept git from writing, or undefined if that was not the reason. Reads git's untranslated words. */
export const heldLock = (stderr: string): string | undefined => {
  const [lock, config] = HELD.map((pattern) => pattern.exec(stderr)?.[1])
  if (lock !== undefined) return lock
  if (config !== undefined) return `${config}.lock`
  return stderr.includes(': cannot lock references\n') ? REFTABLE_LOCK : undefined
}

/** The GIT_FAILED for a git that writes: git's reason, or the lock file in its way and how to get it out. */
export const writeFailure = (args: readonly string[], result: SimpleResult, lock: string | undefined): WtError => {
  const name = subcommandOf(args)
  const cause = new GitExit(result)
  if (result.code === undefined) return new WtError('GIT_FAILED', `git ${name} was ended by a signal`, { cause })
  if (lock !== undefined) {
    return new WtError('GIT_FAILED', `git ${name} failed: ${lock} is held by another git, or was left behind by one`, {
      hint: `if no git is running there: rm ${shellQuoted(lock)}`,
      cause,
    })
  }
  const message = `git ${name} failed (exit code ${result.code}): ${complaint(result.stderr)}`
  return new WtError('GIT_FAILED', message, { cause })
}
