import { lstatSync, readFileSync, rmSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import { namesIn, onDisk } from './paths.ts'

/** A file below `<common>/wt/`. */
export interface StateFile {
  /** Its path from the directory that was listed, with slashes. */
  readonly file: string
  readonly path: AbsolutePath
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970. */
  readonly modifiedAt: number
}

const stateDirectory = (commonDir: AbsolutePath, name: string): AbsolutePath =>
  join(commonDir, 'wt', name) as AbsolutePath

/** Where hooks and `wt` itself write what they say. */
export const logDirectory = (commonDir: AbsolutePath): AbsolutePath => stateDirectory(commonDir, 'logs')

/** Where removed worktrees wait for their deletion. */
export const trashDirectory = (commonDir: AbsolutePath): AbsolutePath => stateDirectory(commonDir, 'trash')

/** No link is followed: what it leads to is not ours. */
const statOf = (path: string): Stats | undefined => {
  try {
    return lstatSync(onDisk(path), { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

const seconds = ({ mtimeMs }: Stats): number => Math.floor(mtimeMs / 1000)

const filesBelow = (directory: string, prefix: string): readonly StateFile[] =>
  namesIn(directory)
    .toSorted()
    .flatMap((name): readonly StateFile[] => {
      const path = join(directory, name) as AbsolutePath
      const stats = statOf(path)
      if (stats?.isDirectory()) return filesBelow(path, `${prefix}${name}/`)
      return stats?.isFile() ? [{ file: prefix + name, path, size: stats.size, modifiedAt: seconds(stats) }] : []
    })

/** Every log there is, by name. */
export const logFilesIn = (commonDir: AbsolutePath): readonly StateFile[] => filesBelow(logDirectory(commonDir), '')

/** A removed worktree that has not been deleted yet. */
export interface TrashEntry {
  readonly name: string
  readonly path: AbsolutePath
  /** Seconds since 1970. */
  readonly modifiedAt: number
}

/** What lies in the trash. */
export const trashIn = (commonDir: AbsolutePath): readonly TrashEntry[] =>
  namesIn(trashDirectory(commonDir))
    .toSorted()
    .flatMap((name) => {
      const path = join(trashDirectory(commonDir), name) as AbsolutePath
      const stats = statOf(path)
      return stats === undefined ? [] : [{ name, path, modifiedAt: seconds(stats) }]
    })

/** How many answers about objects are remembered (see `facts/fact-file.ts`). */
export const rememberedAnswers = (commonDir: AbsolutePath): number => {
  try {
    const lines = readFileSync(onDisk(join(stateDirectory(commonDir, 'cache'), 'facts')), 'latin1').split('\n')
    return Math.max(0, lines.length - 2)
  } catch {
    return 0
  }
}

const removeTree = (path: string): boolean => {
  try {
    rmSync(onDisk(path), { recursive: true, force: true, maxRetries: 2 })
    return true
  } catch {
    return false
  }
}

/** Deletes every log; whether all of them could be is the answer. */
export const clearLogs = (commonDir: AbsolutePath): boolean => removeTree(logDirectory(commonDir))

/** Deletes everything that is remembered: it is found again. Whether all of it could be is the answer. */
export const clearCache = (commonDir: AbsolutePath): boolean => removeTree(stateDirectory(commonDir, 'cache'))

/**
 * Deletes what waits in the trash and answers what is left. Where something of a worktree is to be kept
 * (`<common>/wt/kept`), its directory is left to whoever keeps it.
 */
export const clearTrash = (commonDir: AbsolutePath): readonly TrashEntry[] => {
  const kept = new Set(namesIn(stateDirectory(commonDir, 'kept')))
  for (const { name, path } of trashIn(commonDir)) if (!kept.has(name)) removeTree(path)
  return trashIn(commonDir)
}
