import { readdirSync, readFileSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { carriesRawBytes, decodeBytes, encodeBytes } from '../core/bytes.ts'
import type { AbsolutePath } from '../core/ids.ts'

/** A path in the form that `node:fs` takes without loss. */
export const onDisk = (path: string): string | Buffer => (carriesRawBytes(path) ? Buffer.from(encodeBytes(path)) : path)

/** A path made absolute against `base`. */
export const absolute = (base: string, path: string): AbsolutePath =>
  (isAbsolute(path) ? resolve(path) : resolve(base, path)) as AbsolutePath

/** The text of a small file, bytes kept; undefined when it can't be read. */
export const readText = (path: string): string | undefined => {
  try {
    const text = readFileSync(onDisk(path), 'utf8')
    return text.includes('\uFFFD') ? decodeBytes(readFileSync(onDisk(path))) : text
  } catch {
    return undefined
  }
}

/** Answers that mean that something is there. `statSync` throws on a file where a directory is expected, too. */
const KEPT_FROM_US: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'ELOOP', 'EIO', 'ESTALE'])

/**
 * What a path is, links followed; undefined when there is nothing. `other` is neither file nor directory, or may not be
 * looked at.
 */
export const kindOf = (path: string): 'file' | 'directory' | 'other' | undefined => {
  try {
    const stats = statSync(onDisk(path), { throwIfNoEntry: false })
    if (stats === undefined) return undefined
    return stats.isDirectory() ? 'directory' : stats.isFile() ? 'file' : 'other'
  } catch (error) {
    return KEPT_FROM_US.has((error as NodeJS.ErrnoException).code) ? 'other' : undefined
  }
}

/** The names in a directory; none when it can't be read. */
export const namesIn = (path: string): readonly string[] => {
  try {
    const names = readdirSync(onDisk(path), 'utf8')
    if (!names.some((name) => name.includes('\uFFFD'))) return names
    return readdirSync(onDisk(path), { encoding: 'buffer' }).map(decodeBytes)
  } catch {
    return []
  }
}

/** The canonical form of a path; a missing one is resolved through its nearest parent that exists. */
export const canonical = (path: string): AbsolutePath => {
  try {
    return decodeBytes(realpathSync.native(onDisk(path), { encoding: 'buffer' })) as AbsolutePath
  } catch {
    const parent = resolve(path, '..')
    return (parent === path ? path : absolute(canonical(parent), path.slice(path.lastIndexOf('/') + 1))) as AbsolutePath
  }
}

/** Whether two paths lead to one place, by text or through links. */
export const isSamePlace = (one: string, other: string): boolean => one === other || canonical(one) === canonical(other)

/** The directory this process stands in, bytes kept; undefined when it has been deleted. */
export const currentDirectory = (): AbsolutePath | undefined => {
  try {
    const path = process.cwd()
    return (
      path.includes('\uFFFD') ? decodeBytes(readlinkSync('/proc/self/cwd', { encoding: 'buffer' })) : path
    ) as AbsolutePath
  } catch {
    return undefined
  }
}

/** A path for a POSIX shell. */
export const shellQuoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`
