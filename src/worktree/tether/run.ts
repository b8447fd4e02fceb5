import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type Environment, withoutDiscovery } from '../../git/environment.ts'
import { interruptBy } from '../../host/children.ts'
import { withoutDirectives } from '../../host/hand-off.ts'
import { runTethered } from '../../host/tether.ts'

export interface TetherPorts {
  readonly env: Environment
  /** Where the program runs. */
  readonly cwd: AbsolutePath
  /** Where the process was started. */
  readonly startedIn: AbsolutePath | undefined
}

/**
 * Runs a program for as long as its directory is there, and leaves nothing of it behind. How the program ends is its own
 * business. Throws PROGRAM_NOT_STARTED.
 */
export const runTether = async (
  { env, cwd, startedIn }: TetherPorts,
  argv: readonly [program: string, ...words: readonly string[]],
): Promise<void> => {
  const watched = startedIn === undefined ? [cwd] : [cwd, startedIn]
  const end = await runTethered({ argv, cwd, env: withoutDirectives(withoutDiscovery(env)), watched })
  if (end.kind === 'interrupted') interruptBy(end.signal)
  if (end.kind !== 'not-started') return
  throw new WtError('PROGRAM_NOT_STARTED', `${argv[0]} could not be started: ${end.reason}`, {
    hint: 'check its name, and PATH',
  })
}
