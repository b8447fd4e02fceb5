import { spawn } from 'node:child_process'
import { carriesRawBytes } from '../../core/bytes.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type Environment, withoutDiscovery } from '../environment.ts'

/**
 * Takes empty directories away after a moment, in a process that outlives this one: by then the shell that stood there has
 * moved. Paths are arguments of the shell's, never its text. Whether it was started is the answer.
 */
export const startSweep = (directories: readonly AbsolutePath[], env: Environment): boolean => {
  if (directories.length === 0) return true
  // An argument can't hold bytes that are not UTF-8.
  if (directories.some(carriesRawBytes) || process.platform === 'win32') return false
  try {
    const child = spawn('/bin/sh', ['-c', 'sleep 1; exec rmdir -- "$@"', 'sh', ...directories], {
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
