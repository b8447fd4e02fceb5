import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type Environment, withoutDiscovery } from '../../git/environment.ts'
import { Interrupted, runInForeground } from '../../git/foreground.ts'
import { absolute } from '../../git/paths.ts'
import { findOnPath, isProgram } from '../../host/find-program.ts'
import { withoutDirectives } from '../../host/hand-off.ts'

const findProgram = (name: string, cwd: AbsolutePath, env: Environment): string | undefined =>
  name.includes('/') ? [absolute(cwd, name)].find(isProgram) : findOnPath(name, env)

/** What a shell shows for a program that a signal has ended. */
const AFTER_SIGNAL = 128
const numbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
}

const notStarted = (name: string, why: string): WtError =>
  new WtError('PROGRAM_NOT_STARTED', `${name} can’t be started: ${why}`, {
    hint: `-x takes one program; its arguments stand behind --, and shell syntax needs a shell: -x sh -- -c '…'`,
  })

/**
 * Runs the program of `-x` with its literal arguments: a child that has the terminal and Ctrl-C to itself, and nothing of
 * what `wt` and its wrapper tell each other. Its exit code is the answer. Throws PROGRAM_NOT_STARTED; Interrupted when it
 * died by SIGINT or SIGTERM, as `wt` is to die by the same.
 */
export const executeIn = async (
  cwd: AbsolutePath,
  [name, ...args]: readonly [string, ...string[]],
  env: Environment,
): Promise<number> => {
  const program = findProgram(name, cwd, env)
  if (program === undefined) throw notStarted(name, name.includes('/') ? 'it is no program' : 'it is not on PATH')
  const clean = { ...withoutDirectives(withoutDiscovery(env)), PWD: cwd }
  const ending = await runInForeground(program, args, { cwd, env: clean, stdio: 'inherit', handOff: true }).catch(
    (error: unknown) => {
      if (error instanceof Interrupted) throw error
      throw notStarted(name, error instanceof Error ? error.message : String(error))
    },
  )
  if ('code' in ending) return ending.code
  if (ending.signal === 'SIGINT' || ending.signal === 'SIGTERM') throw new Interrupted(ending.signal)
  return AFTER_SIGNAL + (numbers[ending.signal] ?? 0)
}
