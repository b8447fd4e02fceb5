import { lstatSync, mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { encodeBytes } from '../../core/bytes.ts'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import { kindOf, namesIn, onDisk, readText, shellQuoted } from '../../git/paths.ts'
import { copyTree } from '../copy-ignored/copy-tree.ts'
import type { IgnoredEntry } from '../ignored/plan.ts'

/** Where ignored files wait while their worktrees change branches. */
export const stagingIn = (commonDir: AbsolutePath): AbsolutePath =>
  join(commonDir, 'wt', 'staging', 'promote') as AbsolutePath

const NOTE = 'how-to-finish.txt'

const isThere = (path: string): boolean => lstatSync(onDisk(path), { throwIfNoEntry: false }) !== undefined

/** What an earlier run has left, with the words in which it said how to finish; undefined where there is nothing. */
export const leftoverIn = (place: AbsolutePath): { readonly place: string; readonly note: string } | undefined => {
  if (kindOf(place) === undefined) return undefined
  const note = readText(join(place, NOTE))?.trim()
  return { place, note: note || `move them to where they belong, then: rm -r ${shellQuoted(place)}` }
}

/** Makes the staging place, with a note for whoever finds it. Each side holds what belongs to a branch. */
export const openStaging = (place: AbsolutePath, branches: Readonly<Record<'a' | 'b', BranchName>>): void => {
  mkdirSync(onDisk(dirname(place)), { recursive: true })
  mkdirSync(onDisk(place))
  const sides = (['a', 'b'] as const).map(
    (side) => `what is in ${shellQuoted(join(place, side))} belongs to ${branches[side]}`,
  )
  const text = `${sides.join(', ')}: check these branches out again (git switch), move the files to where each is, then: rm -r ${shellQuoted(place)}\n`
  writeFileSync(onDisk(join(place, NOTE)), encodeBytes(text))
}

/** Whether everything at a path is at the other one too, as it is now. */
const isCopied = (from: string, to: string): boolean => {
  const [source, copy] = [from, to].map((path) => lstatSync(onDisk(path), { throwIfNoEntry: false }))
  if (source === undefined) return true
  if (copy === undefined) return false
  if (source.isDirectory()) return namesIn(from).every((name) => isCopied(join(from, name), join(to, name)))
  if (source.isSymbolicLink()) return copy.isSymbolicLink()
  // Times are copied to the microsecond.
  return copy.isFile() && source.size === copy.size && Math.abs(source.mtimeMs - copy.mtimeMs) < 0.002
}

/** To another file system: copied, and deleted only when all of it has been copied. */
const moveByCopy = async (from: AbsolutePath, to: AbsolutePath, entry: IgnoredEntry): Promise<void> => {
  const request = { from, to, entries: [entry], exclude: undefined, tracked: new Set<string>(), closed: [] }
  const { failures } = await copyTree({ ...request, overwrite: false, selective: false })
  const [source, copy] = [join(from, entry.path), join(to, entry.path)]
  if (failures.length > 0 || !isCopied(source, copy)) {
    await rm(onDisk(copy), { recursive: true, force: true })
    throw new WtError(
      'COPY_FAILED',
      `${source} can’t be copied whole, so it stays: ${failures[0]?.reason ?? 'not all of it is a file'}`,
    )
  }
  await rm(onDisk(source), { recursive: true })
}

/**
 * Moves one entry from below one directory to the same place below another. What has vanished is passed over; nothing is
 * replaced. Throws COPY_FAILED, or what the file system throws, and then it is where it was.
 */
export const moveEntry = async (from: AbsolutePath, to: AbsolutePath, entry: IgnoredEntry): Promise<boolean> => {
  const [source, target] = [join(from, entry.path), join(to, entry.path)]
  if (!isThere(source)) return false
  if (isThere(target)) throw new WtError('COPY_FAILED', `there is something at ${target} already`)
  mkdirSync(onDisk(dirname(target)), { recursive: true })
  try {
    await rename(onDisk(source), onDisk(target))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await moveByCopy(from, to, entry)
  }
  return true
}

/** Removes directories that hold nothing but such. Throws ENOTEMPTY where there is more. */
const removeEmpty = (path: string): void => {
  if (!isThere(path)) return
  for (const name of namesIn(path)) {
    if (lstatSync(onDisk(join(path, name))).isDirectory()) removeEmpty(join(path, name))
  }
  rmdirSync(onDisk(path))
}

/** Removes the staging place, if nothing is left in it; throws what the file system throws otherwise. */
export const closeStaging = (place: AbsolutePath): void => {
  for (const side of ['a', 'b']) removeEmpty(join(place, side))
  rmSync(onDisk(join(place, NOTE)))
  rmdirSync(onDisk(place))
}
