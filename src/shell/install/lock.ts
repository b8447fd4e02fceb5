import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs'
import { unusableFile } from './problems.ts'

/** Another install is over within milliseconds. What is older than this was left by one that was killed. Milliseconds. */
const PATIENCE = 5_000
const STALE = 10_000

const pause = new Int32Array(new SharedArrayBuffer(4))

const isLeftOver = (path: string): boolean => {
  try {
    if (Date.now() - statSync(path).mtimeMs > STALE) return true
    const owner = Number(readFileSync(path, 'utf8'))
    if (!Number.isInteger(owner) || owner <= 0) return false
    process.kill(owner, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

/**
 * Does something while no other `wt` writes to that file: a lock file stands beside it meanwhile.
 * Throws SHELL_FILE_UNUSABLE when the lock can't be had.
 */
export const withLock = <Result>(path: string, act: () => Result): Result => {
  const lock = `${path}.wt-lock`
  const started = Date.now()
  for (;;) {
    try {
      const descriptor = openSync(lock, 'wx', 0o600)
      writeSync(descriptor, String(process.pid))
      closeSync(descriptor)
      break
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EEXIST') throw unusableFile(path, `its directory can't be written (${code})`)
      if (isLeftOver(lock)) {
        try {
          unlinkSync(lock)
        } catch {
          // Somebody else was quicker.
        }
      } else if (Date.now() - started > PATIENCE) throw unusableFile(path, `another wt holds ${lock}`)
      else Atomics.wait(pause, 0, 0, 10)
    }
  }
  try {
    return act()
  } finally {
    unlinkSync(lock)
  }
}
