import { linkSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { uniqueName } from '../core/unique-name.ts'
import { makeOwn } from './own-directory.ts'
import { onDisk, readText, shellQuoted } from './paths.ts'
import { isAlive, type Owner, thisProcess } from './process-identity.ts'

/** A lock that is held. `release` may be called more than once. */
export interface HeldLock {
  release(): void
}

/** Milliseconds that somebody else is waited for. */
const PATIENCE = 30_000

const DONE = '.done'

/** Where the generations of a lock lie, one file each: the highest number counts. */
const directoryOf = (commonDir: AbsolutePath, name: string): string => join(commonDir, 'wt', 'locks', name)

interface Generation {
  readonly number: number
  readonly done: boolean
}

/** The generations there are, the latest first. */
const generationsIn = (directory: string): readonly Generation[] => {
  const names = new Set(readdirSync(onDisk(directory), 'utf8'))
  return [...names]
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ number: Number(name), done: names.has(name + DONE) }))
    .sort((a, b) => b.number - a.number)
}

const ownerOf = (directory: string, { number }: Generation): Owner | undefined => {
  try {
    return JSON.parse(readText(join(directory, String(number))) ?? '') as Owner
  } catch {
    // Torn by a full disk or a power cut: whoever wrote it did not get as far as holding anything.
    return undefined
  }
}

/** Milliseconds for which an owner on another machine, who can't be asked, is taken to be at work. */
const TRUSTED = 120_000

const isFresh = (directory: string, { number }: Generation): boolean => {
  const stats = statSync(onDisk(join(directory, String(number))), { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs < TRUSTED
}

const isHeld = (directory: string, latest: Generation | undefined): boolean => {
  if (latest === undefined || latest.done) return false
  const owner = ownerOf(directory, latest)
  return owner !== undefined && (isAlive(owner) ?? isFresh(directory, latest))
}

/** Makes the name exist with the owner in it, or answers false if somebody else was first. */
const claim = (directory: string, number: number): boolean => {
  const draft = join(directory, `${process.pid}-${uniqueName()}.tmp`)
  try {
    writeFileSync(onDisk(draft), JSON.stringify(thisProcess()), { flag: 'wx', mode: 0o600 })
    linkSync(onDisk(draft), onDisk(join(directory, String(number))))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(onDisk(draft), { force: true })
  }
}

/** Takes what lies below a generation away. The latest one always stays, so that no number is used twice. */
const sweep = (directory: string, below: number): void => {
  for (const name of readdirSync(onDisk(directory), 'utf8')) {
    if (/^\d+(\.done)?$/.test(name) && Number.parseInt(name, 10) < below) {
      rmSync(onDisk(join(directory, name)), { force: true })
    }
  }
}

/**
 * Takes a lock of the repository, or answers undefined while a live process holds it. A lock is a row of generations: to
 * hold it is to have linked the next number, which only one process can, when the one before is done or its owner is
 * gone. So nobody ever removes another's lock, and a dead holder blocks nobody. Throws what the file system throws.
 *
 * A lock can be lost all the same (a copied directory, a clock of process ids that has come round): it makes things happen
 * once, and nothing is right only because of it.
 */
export const tryLock = (commonDir: AbsolutePath, name: string): HeldLock | undefined => {
  const directory = makeOwn(commonDir, 'locks', name)
  const latest = generationsIn(directory)[0]
  if (isHeld(directory, latest)) return undefined
  const mine = (latest?.number ?? 0) + 1
  if (!claim(directory, mine)) return undefined
  const release = (): void => {
    try {
      writeFileSync(onDisk(join(directory, String(mine) + DONE)), '')
    } catch {
      // The owner will be gone soon, which says the same.
    }
  }
  // Whoever looked long ago may have linked a number that had been used and swept away: then there is a higher one.
  if (generationsIn(directory)[0]?.number !== mine) {
    rmSync(onDisk(join(directory, String(mine))), { force: true })
    return undefined
  }
  sweep(directory, mine)
  return { release }
}

const held = (commonDir: AbsolutePath, name: string): WtError => {
  const directory = directoryOf(commonDir, name)
  const latest = generationsIn(directory)[0]
  const owner = latest && ownerOf(directory, latest)
  const who = owner === undefined ? 'another wt' : `process ${owner.pid}`
  return new WtError('LOCK_HELD', `${who} is changing this repository and does not come to an end`, {
    hint: `wait for it, or end it; the lock is in ${shellQuoted(directory)}`,
  })
}

/**
 * Runs `act` while holding a lock of the repository. Waits for a live holder, at most `patience` milliseconds.
 * Throws LOCK_HELD, GIT_FAILED where no lock can be made, and what `act` throws.
 */
export const withLock = async <T>(
  commonDir: AbsolutePath,
  name: string,
  act: () => Promise<T>,
  { patience = PATIENCE }: { readonly patience?: number } = {},
): Promise<T> => {
  const end = performance.now() + patience
  let lock: HeldLock | undefined
  for (;;) {
    try {
      lock = tryLock(commonDir, name)
    } catch (cause) {
      throw new WtError('GIT_FAILED', `${directoryOf(commonDir, name)} can’t be written: ${(cause as Error).message}`)
    }
    if (lock !== undefined) break
    if (performance.now() > end) throw held(commonDir, name)
    // Some jitter, or those who wait would come back together.
    await sleep(2 + Math.random() * 10)
  }
  try {
    return await act()
  } finally {
    lock.release()
  }
}
