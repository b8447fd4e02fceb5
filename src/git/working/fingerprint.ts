import { lstatSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { ObjectId } from '../../core/ids.ts'
import { namesIn, onDisk } from '../paths.ts'
import type { WorktreeStatus } from '../status.ts'

/** A bigger change than this is cheaper to count again than to recognise. */
const MOST_PATHS = 2000
const MOST_BYTES = 64 * 1024

/** Files that changed within the last tick of the clock may change again without a sign. Milliseconds. */
const RACY = 50

interface Walk {
  readonly now: number
  readonly lines: string[]
}

/** A deleted path may lie below what is a file by now. */
const look = (path: string): Stats | 'unknown' | undefined => {
  try {
    return lstatSync(onDisk(path), { throwIfNoEntry: false })
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? undefined : 'unknown'
  }
}

/** Notes one path, and all below it where it is a directory; false when it can't be recognised later. */
const note = (walk: Walk, path: string): boolean => {
  if (walk.lines.length >= MOST_PATHS) return false
  const stats = look(path)
  if (stats === 'unknown') return false
  if (stats === undefined) {
    walk.lines.push('-')
    return true
  }
  if (walk.now - stats.ctimeMs < RACY) return false
  walk.lines.push(`${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino} ${stats.mode}`)
  return !stats.isDirectory() || namesIn(path).every((name) => name === '.git' || note(walk, join(path, name)))
}

/**
 * What tells one state of a worktree's changes from another, without reading a file: the commit, git's own records
 * (with the ids of what is staged) and the state of every path they name. Undefined where that would prove nothing: a
 * file touched just now, a submodule, a change of very many files.
 */
export const fingerprintOf = (top: string, head: ObjectId | undefined, status: WorktreeStatus): string | undefined => {
  if (status.raw.length > MOST_BYTES || status.entries.some((entry) => entry.submodule)) return undefined
  const walk: Walk = { now: Date.now(), lines: [] }
  if (!status.entries.every((entry) => note(walk, join(top, entry.path)))) return undefined
  return [head ?? '', status.raw.toString('latin1'), ...walk.lines].join('\n')
}
