import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'
import { namesIn, onDisk, readText } from '../paths.ts'
import { isAlive, type Owner, thisProcess } from '../process-identity.ts'

/**
 * Says that changes have been copied whole from one worktree to another and are now being taken away from the first. What
 * a killed `wt` left of them there is in the second one as well.
 */
export interface CarryRecord {
  readonly owner: Owner
  readonly from: AbsolutePath
  readonly to: AbsolutePath
}

const directoryOf = (commonDir: AbsolutePath): AbsolutePath => join(commonDir, 'wt', 'carrying') as AbsolutePath

/** Where the files of one carry are held until it is sure that they are what was copied. */
export const holdOf = (commonDir: AbsolutePath, token: string): AbsolutePath =>
  join(directoryOf(commonDir), token) as AbsolutePath

/** Notes that the changes are being taken away from where they were. Throws what the file system throws. */
export const writeCarry = (commonDir: AbsolutePath, token: string, from: AbsolutePath, to: AbsolutePath): void => {
  const hold = holdOf(commonDir, token)
  mkdirSync(onDisk(hold), { recursive: true })
  writeFileSync(onDisk(`${hold}.json`), JSON.stringify({ owner: thisProcess(), from, to } satisfies CarryRecord))
}

/** Takes the note away, and with it the place for the files where nothing is left in it. */
export const dropCarry = (commonDir: AbsolutePath, token: string, all: boolean): void => {
  if (all) rmSync(onDisk(holdOf(commonDir, token)), { recursive: true, force: true })
  rmSync(onDisk(`${holdOf(commonDir, token)}.json`), { force: true })
}

/** Carries that were killed after everything had been copied. Each is told of once. */
export const takeBrokenCarries = (commonDir: AbsolutePath): readonly CarryRecord[] =>
  namesIn(directoryOf(commonDir)).flatMap((name) => {
    if (!name.endsWith('.json')) return []
    try {
      const record = JSON.parse(readText(join(directoryOf(commonDir), name)) ?? '') as CarryRecord
      if (isAlive(record.owner) ?? true) return []
      dropCarry(commonDir, name.slice(0, -'.json'.length), false)
      return [record]
    } catch {
      return []
    }
  })
