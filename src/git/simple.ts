import type { SimpleGitOptions } from 'simple-git'
import { WtError } from '../core/errors.ts'
import { tellPrinted } from './outputs.ts'
import { kindOf } from './paths.ts'

/** What a git that writes left behind. No code means that a signal ended it. */
export interface SimpleResult {
  readonly code: number | undefined
  readonly stdout: Buffer
  readonly stderr: string
}

interface SimpleCall {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array | undefined
}

/**
 * simple-git guards against arguments from strangers by matching words: it takes `branch.my-alias` for an alias. Here
 * arguments come from plans and the environment is the user's own, so every guard is off.
 */
const UNGUARDED: Required<NonNullable<SimpleGitOptions['unsafe']>> = {
  allowAbbreviatedOptions: true,
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeCustomBinary: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePack: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
}

/**
 * How long a hook's background child may keep git's output open once git has ended. Milliseconds. What git itself wrote
 * lies in the pipe by then. simple-git leaves the timer running, so a `wt` that is done waits for it.
 */
const LINGER = 20

const gone = (cwd: string, cause: unknown): WtError =>
  new WtError('DIRECTORY_GONE', `${cwd} does not exist`, { hint: 'cd to a directory that does', cause })

const notStarted = (cwd: string, cause: unknown): WtError =>
  kindOf(cwd) === undefined
    ? gone(cwd, undefined)
    : new WtError('GIT_MISSING', `git could not be started in ${cwd}`, { hint: 'check that git is on PATH', cause })

/**
 * Runs git once through simple-git. simple-git takes a non-zero exit code without a complaint for success, and a signal
 * too, so what it thinks of the outcome is ignored: its `errors` hook sees every outcome whole, and that is what counts.
 * Throws DIRECTORY_GONE or GIT_MISSING when git can't be started.
 */
export const runSimpleGit = async (args: readonly string[], call: SimpleCall): Promise<SimpleResult> => {
  const { GitConstructError, simpleGit } = await import('simple-git')
  const { cwd, env } = call
  // Even no input must be handed over: without it, stdin stays open and whoever reads it waits for ever.
  const input = Buffer.from(call.input ?? '')
  let result: SimpleResult | undefined
  try {
    await simpleGit({
      baseDir: cwd,
      allowEnvironment: Object.keys(env),
      unsafe: UNGUARDED,
      completion: { onClose: true, onExit: LINGER },
      input: () => input,
      errors: (_, { exitCode, stdOut, stdErr }: { exitCode: number | null; stdOut: Buffer[]; stdErr: Buffer[] }) => {
        const [stdout, stderr] = [Buffer.concat(stdOut), Buffer.concat(stdErr).toString()]
        result = { code: exitCode ?? undefined, stdout, stderr }
        return undefined
      },
    })
      .env({ ...env })
      // It waits 50 ms for output of a git that printed nothing; an empty last word saves the wait.
      .outputHandler((_, stdout) => stdout.once('end', () => stdout.emit('data', Buffer.alloc(0))))
      .raw([...args])
  } catch (error) {
    if (error instanceof GitConstructError) {
      throw gone(cwd, error)
    }
    if (result === undefined) throw error
  }
  if (result === undefined) throw new Error(`git ${args.join(' ')} ended without an outcome`)
  tellPrinted({ args, cwd, ...result })
  if (result.code !== undefined && result.code < 0) throw notStarted(cwd, new Error(result.stderr))
  return result
}
