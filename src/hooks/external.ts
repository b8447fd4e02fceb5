import type { AbsolutePath } from '../core/ids.ts'
import { Interrupted } from '../core/interrupted.ts'
import type { Environment } from '../git/environment.ts'
import { exitCodeOf, runChild } from '../host/children.ts'
import { findOnPath } from '../host/find-program.ts'
import { userEnvironment } from './ports.ts'

/** The program `wt-<name>`, where PATH has one. */
export const findExternal = (name: string, env: Environment): string | undefined =>
  name.startsWith('-') ? undefined : findOnPath(`wt-${name}`, env)

/**
 * Runs such a program with its words as they are: it has the terminal and Ctrl-C to itself, and may take the shell along.
 * Its exit code is the answer. Throws Interrupted where SIGINT or SIGTERM has ended it, as `wt` is to die by the same.
 */
export const runExternal = async (
  program: string,
  words: readonly string[],
  place: { readonly cwd: AbsolutePath; readonly env: Environment; readonly shellCwd: string | undefined },
): Promise<number> => {
  const end = await runChild({
    argv: [program, ...words],
    cwd: place.cwd,
    env: userEnvironment(place, { background: false, keepDiscovery: true }),
    stdin: 'terminal',
    output: 'terminal',
    ownsInterrupt: true,
  })
  if (end.kind === 'killed' && (end.signal === 'SIGINT' || end.signal === 'SIGTERM')) throw new Interrupted(end.signal)
  return exitCodeOf(end)
}
