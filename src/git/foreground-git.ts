import type { ChildProcess } from 'node:child_process'
import { isAbsolute } from 'node:path'
import { WtError } from '../core/errors.ts'
import { runInForeground } from './foreground.ts'
import { tellPrinted } from './outputs.ts'
import { kindOf } from './paths.ts'
import { gitProgram } from './program.ts'
import type { SimpleResult } from './simple.ts'
import { openSink } from './sink.ts'

export interface ForegroundGit {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** What git says on stderr goes to `wt`'s own, as for a hook or a bar of progress; it is not collected then. */
  readonly heard?: boolean
  readonly onStart?: (child: ChildProcess) => void
}

const notStarted = (cwd: string, error: NodeJS.ErrnoException): WtError =>
  kindOf(cwd) === undefined
    ? new WtError('DIRECTORY_GONE', `${cwd} does not exist`, { hint: 'it was removed meanwhile' })
    : new WtError('GIT_MISSING', `git could not be started in ${cwd}: ${error.message}`, {
        hint: 'check that git is on PATH',
      })

/**
 * Runs a git that may take a while and may run programs of the user's (filters, hooks) in the shell's own job group, so
 * that Ctrl-C and Ctrl-Z reach all of it. It reads nothing. Throws Interrupted once it has ended after a signal.
 */
export const runForegroundGit = async (args: readonly string[], call: ForegroundGit): Promise<SimpleResult> => {
  const { cwd, env, heard = false, onStart } = call
  const program = gitProgram(env)
  if (!isAbsolute(program)) throw new WtError('GIT_MISSING', 'git was not found on PATH', { hint: 'install git' })
  const [out, err] = [openSink(), heard ? undefined : openSink()]
  const taken = { stdout: Buffer.alloc(0) as Buffer, stderr: '' }
  const take = (): void => {
    taken.stdout = out?.take() ?? taken.stdout
    taken.stderr = err?.take().toString() ?? ''
  }
  const stdio = ['ignore', out?.descriptor ?? 'ignore', heard ? 'inherit' : (err?.descriptor ?? 'ignore')] as const
  const ended = await runInForeground(program, args, { cwd, env, stdio: [...stdio], ...(onStart && { onStart }) }).then(
    (ending) => ending,
    (error: unknown) => {
      take()
      if (error instanceof Error && 'code' in error) throw notStarted(cwd, error as NodeJS.ErrnoException)
      throw error
    },
  )
  take()
  const result = { code: 'code' in ended ? ended.code : undefined, ...taken }
  tellPrinted({ args, cwd, ...result })
  return result
}
