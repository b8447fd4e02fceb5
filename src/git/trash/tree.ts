import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  type Dirent,
  fchmodSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmdirSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs'
import { join } from 'node:path'
import { decodeBytes } from '../../core/bytes.ts'
import { kindOf, onDisk } from '../paths.ts'

/** A directory held open, so that nobody can put a link in its place while it is worked on. */
interface Held {
  /** Names it whatever it is called by now, where the system can do that. */
  readonly path: string
  readonly descriptor: number
  readonly close: () => void
}

const PROC = '/proc/self/fd'
let proc: boolean | undefined
const hasProc = (): boolean => {
  proc ??= kindOf(PROC) === 'directory'
  return proc
}
const SHUT: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM'])

export const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code

/** What stands at a path itself; links are not followed. Undefined when there is nothing. */
export const statOf = (path: string): Stats | undefined => {
  try {
    return lstatSync(onDisk(path), { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const open = (path: string): number =>
  openSync(onDisk(path), constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)

/** Opens a directory, never through a link, and opens one up that may not be read. */
export const holdDirectory = (path: string): Held => {
  let descriptor: number
  try {
    descriptor = open(path)
  } catch (error) {
    if (!SHUT.has(codeOf(error)) || statOf(path)?.isDirectory() !== true) throw error
    chmodSync(onDisk(path), 0o700)
    descriptor = open(path)
  }
  return { path: hasProc() ? `${PROC}/${descriptor}` : path, descriptor, close: () => closeSync(descriptor) }
}

/** Does something in a directory that may have to be made writable first. */
const opened = (held: Held, act: () => void): void => {
  try {
    act()
  } catch (error) {
    if (!SHUT.has(codeOf(error))) throw error
    fchmodSync(held.descriptor, 0o700)
    act()
  }
}

/** The entries of a directory, names with their bytes. */
const entriesOf = (path: string): readonly { readonly name: string; readonly entry: Dirent<Buffer> }[] =>
  readdirSync(onDisk(path), { withFileTypes: true, encoding: 'buffer' }).map((entry) => ({
    name: decodeBytes(entry.name),
    entry,
  }))

/** Called for each file; `true` takes it out of the deletion's hands. `path` is from the root of the tree. */
type Spare = (place: string, path: string, stats: Stats) => boolean

/** How often a directory is emptied into which somebody still writes. */
const ROUNDS = 4

const isEmptied = (parent: Held, name: string): boolean => {
  try {
    opened(parent, () => rmdirSync(onDisk(join(parent.path, name))))
    return true
  } catch (error) {
    return codeOf(error) === 'ENOENT'
  }
}

const emptyHeld = (held: Held, from: string, spare: Spare): void => {
  for (const { name, entry } of entriesOf(held.path)) {
    const [place, path] = [join(held.path, name), from === '' ? name : `${from}/${name}`]
    try {
      if (entry.isDirectory()) deleteIn(held, name, path, spare)
      else {
        const stats = statOf(place)
        if (stats !== undefined && !spare(place, path, stats)) opened(held, () => unlinkSync(onDisk(place)))
      }
    } catch {
      // What can't be deleted stays; the directory above it will show that.
    }
  }
}

const deleteIn = (parent: Held, name: string, from: string, spare: Spare): boolean => {
  for (let round = 0; round < ROUNDS; round++) {
    const held = holdDirectory(join(parent.path, name))
    try {
      emptyHeld(held, from, spare)
    } finally {
      held.close()
    }
    if (isEmptied(parent, name)) return true
  }
  return false
}

/**
 * Deletes a directory with all that is in it, read-only directories too, and never through a link: a link is deleted
 * itself. Whether nothing is left is the answer. It never throws.
 */
export const deleteTree = (directory: string, name: string, spare: Spare = () => false): boolean => {
  const stats = statOf(join(directory, name))
  if (stats === undefined) return true
  try {
    const parent = holdDirectory(directory)
    try {
      if (stats.isDirectory()) return deleteIn(parent, name, '', spare)
      unlinkSync(onDisk(join(parent.path, name)))
      return true
    } finally {
      parent.close()
    }
  } catch {
    return false
  }
}

/** Copies a file, a link or a tree, for a move from one file system to another. Special files are left out. */
export const copyTree = (from: string, to: string): void => {
  const stats = lstatSync(onDisk(from))
  if (stats.isSymbolicLink()) symlinkSync(readlinkSync(onDisk(from), { encoding: 'buffer' }), onDisk(to))
  else if (stats.isFile()) {
    copyFileSync(onDisk(from), onDisk(to), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
    utimesSync(onDisk(to), stats.atime, stats.mtime)
  } else if (stats.isDirectory()) {
    mkdirSync(onDisk(to), { recursive: true })
    for (const { name } of entriesOf(from)) copyTree(join(from, name), join(to, name))
  }
}

/** What is below a path, as far as it was counted. */
export interface Measure {
  readonly files: number
  readonly bytes: number
  /** There is more. */
  readonly more: boolean
}

/** Files below a path and their bytes. Gives up counting at either bound. */
export const measureTree = (path: string, most: { readonly files: number; readonly bytes: number }): Measure => {
  let [files, bytes] = [0, 0]
  const isEnough = (): boolean => files > most.files || bytes > most.bytes
  const count = (place: string): void => {
    const stats = statOf(place)
    if (stats === undefined || isEnough()) return
    if (!stats.isDirectory()) {
      files += 1
      bytes += stats.size
      return
    }
    try {
      const held = holdDirectory(place)
      try {
        for (const { name } of entriesOf(held.path)) count(join(held.path, name))
      } finally {
        held.close()
      }
    } catch {
      // What can't be looked into counts as empty.
    }
  }
  count(path)
  return { files, bytes, more: isEnough() }
}
