import { closeSync, lstatSync, mkdirSync, openSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { onDisk } from './paths.ts'

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code

/** Takes a name that nothing has: an empty directory, which rename(2) replaces only while it is empty, or an empty file. */
const reserve = (path: string, directory: boolean): boolean => {
  try {
    if (directory) mkdirSync(onDisk(path))
    else closeSync(openSync(onDisk(path), 'wx'))
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

const release = (path: string, directory: boolean): void => {
  try {
    if (directory) rmdirSync(onDisk(path))
    else rmSync(onDisk(path))
  } catch {
    // Somebody has put something there: it is theirs now.
  }
}

/** Moves whatever is at a path, links themselves included, to a name that is free. False: that name is taken. */
const moveTo = (path: AbsolutePath, to: string): boolean => {
  const directory = lstatSync(onDisk(path)).isDirectory()
  if (!reserve(to, directory)) return false
  try {
    renameSync(onDisk(path), onDisk(to))
    return true
  } catch (error) {
    release(to, directory)
    if (codeOf(error) === 'ENOTEMPTY' || codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** What names of that moment end in: `YYYYMMDD-HHMMSS`, UTC. */
export const stampOf = (now: Date): string => now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

/** How many names are tried; more backups of one second are no accident. */
const TRIES = 1000

/**
 * Moves what is at a path to `<path>.bak.<stamp>`, then `-2`, `-3` and so on, to the first of these names that is free.
 * Nothing is overwritten. Throws NOT_SET_ASIDE.
 */
export const setAside = (path: AbsolutePath, stamp: string): AbsolutePath => {
  try {
    for (let at = 1; at <= TRIES; at++) {
      const to = `${path}.bak.${stamp}${at === 1 ? '' : `-${at}`}` as AbsolutePath
      if (moveTo(path, to)) return to
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new WtError('NOT_SET_ASIDE', `${path} can’t be moved out of the way: ${reason}`)
  }
  throw new WtError('NOT_SET_ASIDE', `${path} can’t be moved out of the way: all names for it are taken`)
}

/** Puts back what was set aside, if the place is still free. Whether it could be is the answer. */
export const putBack = (path: AbsolutePath, from: AbsolutePath): boolean => {
  try {
    return moveTo(from, path)
  } catch {
    return false
  }
}
