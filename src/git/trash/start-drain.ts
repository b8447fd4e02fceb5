import { spawn } from 'node:child_process'
import { carriesRawBytes } from '../../core/bytes.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type Environment, withoutDiscovery } from '../environment.ts'

/** The hidden command that empties the trash. */
const DRAIN_COMMAND = 'drain-trash'

export interface DrainOrder {
  readonly commonDir: AbsolutePath
  readonly env: Environment
  /** The words that start this program; undefined where it can't be started by itself. */
  readonly program: readonly string[] | undefined
  /** Empty directories that stand where a shell is, to be taken away after a moment. */
  readonly placeholders: readonly AbsolutePath[]
}

/**
 * Starts the process that empties the trash and outlives this one: a session of its own, no streams, a place that nobody
 * removes. Whether it was started is the answer.
 */
export const startDrain = ({ commonDir, env, program, placeholders }: DrainOrder): boolean => {
  const [command, ...words] = program ?? []
  const paths = [commonDir, ...placeholders]
  // An argument can't hold bytes that are not UTF-8.
  if (command === undefined || paths.some(carriesRawBytes)) return false
  try {
    const child = spawn(command, [...words, DRAIN_COMMAND, ...paths], {
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
