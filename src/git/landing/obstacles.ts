import { lstatSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'
import type { StatusEntry } from '../parse-status.ts'
import { namesIn, onDisk } from '../paths.ts'
import type { TreeChange } from './tree-changes.ts'

/** What stands where incoming changes want to go. Paths are relative to the worktree. */
export interface Obstacles {
  /** Somebody's work: the changes must not come in. */
  readonly blocking: readonly string[]
  /** Ignored files that git would overwrite without a word. */
  readonly ignored: readonly string[]
}

const parentsOf = (path: string): readonly string[] => {
  const parents: string[] = []
  for (let cut = path.indexOf('/'); cut >= 0; cut = path.indexOf('/', cut + 1)) parents.push(path.slice(0, cut))
  return parents
}

const look = (top: string, path: string): Stats | undefined => {
  try {
    return lstatSync(onDisk(join(top, path)), { throwIfNoEntry: false })
  } catch {
    // A part of the way is a file; that part is looked at by itself.
    return undefined
  }
}

/** Changes of tracked files that touch what comes in: the same path, or a file where the other has a directory. */
const touchedByStatus = (entries: readonly StatusEntry[], changes: readonly TreeChange[]): readonly string[] => {
  const paths = new Set(changes.map(({ path }) => path))
  const directories = new Set(changes.flatMap(({ path }) => parentsOf(path)))
  const touches = (name: string): boolean =>
    paths.has(name) || directories.has(name) || parentsOf(name).some((parent) => paths.has(parent))
  return entries
    .filter(({ xy }) => xy !== '??')
    .flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]))
    .filter(touches)
}

/** The first thing in a directory that does not go away with the changes; undefined when all of it does. */
const remainderOf = (top: string, directory: string, deleted: ReadonlySet<string>): string | undefined => {
  for (const name of namesIn(join(top, directory))) {
    const path = `${directory}/${name}`
    if (deleted.has(path)) continue
    if (look(top, path)?.isDirectory() !== true || name === '.git') return path
    const inside = remainderOf(top, path, deleted)
    if (inside !== undefined) return inside
  }
  return undefined
}

/**
 * Finds what is in the way of changes that git is about to check out. git looks at tracked and untracked files only: an
 * ignored file, or a directory of them, it removes in silence.
 */
export const findObstacles = (
  top: AbsolutePath,
  entries: readonly StatusEntry[],
  changes: readonly TreeChange[],
): Obstacles => {
  const blocking = new Set(touchedByStatus(entries, changes))
  const ignored = new Set<string>()
  const untracked = entries.filter(({ xy }) => xy === '??').map(({ path }) => path)
  const isUntracked = (path: string): boolean =>
    untracked.some((each) => each === path || (each.endsWith('/') && path.startsWith(each)))
  const leaving = new Set(changes.filter(({ kind }) => kind === 'deleted').map(({ path }) => path))
  const seen = new Map<string, Stats | undefined>()
  const at = (path: string): Stats | undefined => {
    if (!seen.has(path)) seen.set(path, look(top, path))
    return seen.get(path)
  }
  for (const { path } of changes.filter(({ kind }) => kind === 'added')) {
    const parent = parentsOf(path).find((each) => at(each)?.isDirectory() !== true)
    if (parent !== undefined) {
      if (at(parent) !== undefined && !leaving.has(parent)) blocking.add(parent)
      continue
    }
    const there = at(path)
    if (there === undefined) continue
    if (there.isDirectory()) {
      const rest = remainderOf(top, path, leaving)
      if (rest !== undefined) blocking.add(rest)
    } else if (isUntracked(path)) blocking.add(path)
    else if (!blocking.has(path)) ignored.add(path)
  }
  return { blocking: [...blocking].sort(), ignored: [...ignored].sort() }
}
