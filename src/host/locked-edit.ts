import { closeSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** A lock is held for milliseconds; whoever waits longer than this waits in vain. */
const PATIENCE = 10_000
const PAUSE = 15

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE))

/** A lock whose holder has died is nobody's. */
const isStale = (lock: string): boolean => {
  try {
    const holder = Number(readFileSync(lock, 'utf8'))
    if (!Number.isInteger(holder) || holder <= 0) return false
    process.kill(holder, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

const tryLock = (lock: string): boolean => {
  try {
    const descriptor = openSync(lock, 'wx', 0o600)
    writeSync(descriptor, String(process.pid))
    closeSync(descriptor)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (isStale(lock)) rmSync(lock, { force: true })
    return false
  }
}

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** A file that is reached through a link is edited where it is: the link stays. */
const followed = (path: string): string => {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

/**
 * Edits a file of the user's: under a lock (`<file>.lock`), from what stands in it then, replaced at once. `edit` gets
 * the text, or undefined where there is no file, and answers with the new text, or undefined to leave it as it is.
 * Throws what `edit` throws, and the system's error where the file can't be read or written.
 */
export const editLocked = async (
  file: string,
  edit: (text: string | undefined) => Promise<string | undefined>,
): Promise<void> => {
  const path = followed(file)
  mkdirSync(dirname(path), { recursive: true })
  const lock = `${path}.lock`
  for (let waited = 0; !tryLock(lock); waited += PAUSE) {
    if (waited > PATIENCE) throw new Error(`${lock} is held by another process; remove it if none is running`)
    await pause()
  }
  const temporary = `${path}.${process.pid}`
  try {
    const text = await edit(readIfThere(path))
    if (text === undefined) return
    const descriptor = openSync(temporary, 'wx', 0o600)
    writeSync(descriptor, text)
    closeSync(descriptor)
    renameSync(temporary, path)
  } finally {
    rmSync(temporary, { force: true })
    rmSync(lock, { force: true })
  }
}
