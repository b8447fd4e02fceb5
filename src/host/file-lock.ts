import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds that a live holder is waited for. */
const PATIENCE = 10_000
/** Milliseconds after which a lock counts as left behind, whoever holds it: an edit takes a few. */
const OLDEST = 60_000

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Who holds a lock, as it stands in the file; undefined when it is gone. */
const holderOf = (lock: string): string | undefined => {
  try {
    return readFileSync(lock, 'utf8')
  } catch {
    return undefined
  }
}

const isLeft = (lock: string, holder: string): boolean => {
  const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  const pid = Number.parseInt(holder, 10)
  // A holder that was killed before it wrote its number is known by its age only.
  return age > OLDEST || (Number.isInteger(pid) && pid > 0 && !isAlive(pid))
}

/** Takes a lock away that a dead process has left. Another's that was made meanwhile is put back. */
const takeAway = (lock: string, holder: string): void => {
  const aside = `${lock}.${process.pid}`
  try {
    renameSync(lock, aside)
    if (holderOf(aside) !== holder) linkSync(aside, lock)
  } catch {
    // Somebody else was faster.
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * Runs `act` while holding `<file>.lock`. A lock whose holder is dead is taken over. Throws what the file system throws,
 * what `act` throws, and an error of its own when a live process does not come to an end with the lock.
 */
export const withFileLock = async <T>(file: string, act: () => Promise<T>): Promise<T> => {
  const lock = `${file}.lock`
  const end = performance.now() + PATIENCE
  for (;;) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = holderOf(lock)
    if (holder !== undefined && isLeft(lock, holder)) takeAway(lock, holder)
    else if (performance.now() > end) throw new Error(`another process holds ${lock}`)
    else await sleep(2 + Math.random() * 10)
  }
  try {
    return await act()
  } finally {
    rmSync(lock, { force: true })
  }
}
