import {
  type BigIntStats,
  closeSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  readSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { CarriedPath } from '../../core/carry.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { checkCancelled } from '../foreground.ts'
import { onDisk } from '../paths.ts'
import { parentsOf } from './read-carry.ts'

/**
 * The file or link at a path; undefined for nothing. A directory in place of a file is nothing either: what is in it are
 * changes of their own.
 */
const lookAt = (path: string): BigIntStats | undefined => {
  try {
    const stats = lstatSync(onDisk(path), { bigint: true, throwIfNoEntry: false })
    return stats?.isDirectory() === true ? undefined : stats
  } catch {
    return undefined
  }
}

/** Tells one state of a file from another; '' for nothing. A rename leaves it as it is. */
export const stateOf = (path: string): string => {
  const stats = lookAt(path)
  return stats === undefined ? '' : `${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.mode}`
}

/** Takes away the directories above a path that have become empty. */
export const dropEmptyParents = (root: AbsolutePath, path: string): void => {
  try {
    for (const parent of parentsOf(path)) rmdirSync(onDisk(join(root, parent)))
  } catch {
    // Something is in it.
  }
}

/** Takes a file away, and the directories that it leaves empty. */
export const dropFile = (root: AbsolutePath, path: string): void => {
  try {
    unlinkSync(onDisk(join(root, path)))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  dropEmptyParents(root, path)
}

/** Copies one file or link. What is new must find its place empty; what is known to git is replaced by a rename. */
const copyOne = (source: string, target: string, untracked: boolean): void => {
  mkdirSync(onDisk(dirname(target)), { recursive: true })
  const place = untracked ? target : `${target}.wt-carry`
  if (lookAt(source)?.isSymbolicLink()) symlinkSync(readlinkSync(onDisk(source), { encoding: 'buffer' }), onDisk(place))
  else copyFileSync(onDisk(source), onDisk(place), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
  if (!untracked) renameSync(onDisk(place), onDisk(target))
}

/**
 * Gives the files of `to` the state that they have in `from`. What is gone there goes first: it may be in the way.
 * `made` gets each path at which nothing was.
 */
export const copyFiles = (
  from: AbsolutePath,
  to: AbsolutePath,
  paths: readonly CarriedPath[],
  made: (path: string) => void,
): void => {
  const here = new Set(paths.filter(({ path }) => lookAt(join(from, path)) !== undefined))
  for (const each of paths) if (!here.has(each)) dropFile(to, each.path)
  for (const { path, untracked } of here) {
    checkCancelled()
    copyOne(join(from, path), join(to, path), untracked)
    if (untracked) made(path)
  }
}

const CHUNK = 1 << 20

const sameBytes = (one: string, other: string): boolean => {
  const files = [openSync(onDisk(one), 'r'), openSync(onDisk(other), 'r')] as const
  const buffers = [Buffer.allocUnsafe(CHUNK), Buffer.allocUnsafe(CHUNK)] as const
  try {
    for (;;) {
      const [a, b] = [readSync(files[0], buffers[0]), readSync(files[1], buffers[1])]
      if (a !== b || !buffers[0].subarray(0, a).equals(buffers[1].subarray(0, b))) return false
      if (a === 0) return true
    }
  } finally {
    for (const file of files) closeSync(file)
  }
}

/** Whether two paths hold the same: nothing, the same link, or the same bytes with the same permission to run them. */
export const isSameFile = (one: string, other: string): boolean => {
  const [a, b] = [lookAt(one), lookAt(other)]
  if (a === undefined || b === undefined) return a === b
  if (a.isSymbolicLink() || b.isSymbolicLink()) {
    if (!a.isSymbolicLink() || !b.isSymbolicLink()) return false
    const text = (path: string): Buffer => readlinkSync(onDisk(path), { encoding: 'buffer' })
    return text(one).equals(text(other))
  }
  return (
    a.isFile() && b.isFile() && a.size === b.size && (a.mode & 0o100n) === (b.mode & 0o100n) && sameBytes(one, other)
  )
}
