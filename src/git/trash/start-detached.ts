import { spawn } from 'node:child_process'
import { carriesRawBytes } from '../../core/bytes.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type Environment, withoutDiscovery } from '../environment.ts'
import type { Placeholder } from './placeholder.ts'

/** The hidden command that empties the trash. */
const DRAIN_COMMAND = 'drain-trash'

/** Empty directories, each followed by the note about it. */
const SWEEP = 'sleep 1; while [ $# -gt 0 ]; do rmdir -- "$1"; rm -f -- "$2"; shift 2; done'

/** Starts a process that outlives this one: a session of its own, no streams, a place that nobody removes. */
const startDetached = (
  command: string,
  words: readonly string[],
  { paths, env }: { readonly paths: readonly AbsolutePath[]; readonly env: Environment },
): boolean => {
  // An argument can't hold bytes that are not UTF-8.
  if (paths.some(carriesRawBytes)) return false
  try {
    const child = spawn(command, [...words, ...paths], {
      cwd: '/',
      env: withoutDiscovery(env),
      detached: true,
      stdio: 'ignore',
    })
    child.on('error', () => undefined)
    child.unref()
    return child.pid !== undefined
  } catch {
    return false
  }
}

export interface DrainOrder {
  readonly commonDir: AbsolutePath
  readonly env: Environment
  /** The words that start this program; undefined where it can't be started by itself. */
  readonly program: readonly string[] | undefined
}

/** Starts the process that empties the trash and outlives this one. Whether it was started is the answer. */
export const startDrain = ({ commonDir, env, program }: DrainOrder): boolean => {
  const [command, ...words] = program ?? []
  if (command === undefined) return false
  return startDetached(command, [...words, DRAIN_COMMAND], { paths: [commonDir], env })
}

/**
 * Takes empty directories away after a moment, in a process that outlives this one: by then the shell that stood there has
 * moved. Paths are arguments of the shell's, never its text. Whether it was started is the answer.
 */
export const startSweep = (placeholders: readonly Placeholder[], env: Environment): boolean => {
  if (placeholders.length === 0) return true
  if (process.platform === 'win32') return false
  const paths = placeholders.flatMap(({ path, note }) => [path, note])
  return startDetached('/bin/sh', ['-c', SWEEP, 'sh'], { paths, env })
}
