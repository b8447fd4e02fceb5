import { mkdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { encodeBytes } from '../../core/bytes.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { uniqueName } from '../../core/unique-name.ts'
import { makeOwn } from '../own-directory.ts'
import { namesIn, onDisk, readText } from '../paths.ts'
import { statOf } from './tree.ts'

/** An empty directory where a shell stands whose worktree is gone, and the note that says whose it is. */
export interface Placeholder {
  readonly path: AbsolutePath
  readonly note: AbsolutePath
}

/** Milliseconds that may lie between note and directory. */
const AT_ONCE = 1000

/** A clock may lag behind by a tick of the system's. Milliseconds. */
const TICK = 10

/**
 * Puts an empty directory where a shell is, so that its path stays valid until it has moved. It is noted first, so that a
 * later removal takes it away if this process, or the one that is to do so, is killed.
 */
export const putPlaceholder = (commonDir: AbsolutePath, path: AbsolutePath): readonly Placeholder[] => {
  let note: string | undefined
  try {
    note = join(makeOwn(commonDir, 'leaving'), uniqueName())
    writeFileSync(onDisk(note), encodeBytes(path), { flag: 'wx' })
    mkdirSync(onDisk(path))
    return [{ path, note: note as AbsolutePath }]
  } catch {
    if (note !== undefined) rmSync(onDisk(note), { force: true })
    return []
  }
}

/** Whether what stands there is the directory that was made with the note, and nobody has put anything into it since. */
const isUntouched = ({ path, note }: Placeholder): boolean => {
  const [made, noted] = [statOf(path), statOf(note)]
  if (made?.isDirectory() !== true || noted === undefined || namesIn(path).length > 0) return false
  return made.mtimeMs > noted.mtimeMs - TICK && made.mtimeMs < noted.mtimeMs + AT_ONCE
}

/** Takes such directories away again; one that somebody has made use of stays. */
export const takePlaceholders = (placeholders: readonly Placeholder[]): void => {
  for (const { path, note } of placeholders) {
    try {
      rmdirSync(onDisk(path))
    } catch {
      // It is not empty, or gone.
    }
    rmSync(onDisk(note), { force: true })
  }
}

/** Those that stand, of whatever removal; notes of others are forgotten. */
export const placeholdersIn = (commonDir: AbsolutePath): readonly Placeholder[] => {
  const directory = join(commonDir, 'wt', 'leaving')
  return namesIn(directory).flatMap((name) => {
    const note = join(directory, name) as AbsolutePath
    const placeholder = { path: (readText(note) ?? '') as AbsolutePath, note }
    if (isAbsolute(placeholder.path) && isUntouched(placeholder)) return [placeholder]
    rmSync(onDisk(note), { force: true })
    return []
  })
}
