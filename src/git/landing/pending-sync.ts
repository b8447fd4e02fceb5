import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type AbsolutePath, type ObjectId, parseObjectId, parseRefName, type RefName } from '../../core/ids.ts'
import { onDisk, readText } from '../paths.ts'

/** A worktree whose branch has moved, or is about to, and whose files are to follow. */
export interface PendingSync {
  readonly ref: RefName
  readonly from: ObjectId
  readonly to: ObjectId
}

const fileOf = (commonDir: AbsolutePath, gitDir: AbsolutePath): string => {
  const id = gitDir === commonDir ? 'main' : `worktree-${gitDir.slice(gitDir.lastIndexOf('/') + 1)}`
  return join(commonDir, 'wt', 'staging', `sync-${id}.json`)
}

/** Notes that files have to follow a ref, for whoever comes by if this process is killed in between. */
export const notePendingSync = (commonDir: AbsolutePath, gitDir: AbsolutePath, sync: PendingSync): void => {
  const file = fileOf(commonDir, gitDir)
  mkdirSync(onDisk(dirname(file)), { recursive: true })
  writeFileSync(onDisk(file), JSON.stringify(sync))
}

/** What a run that was killed has left undone; undefined when nothing is. */
export const pendingSync = (commonDir: AbsolutePath, gitDir: AbsolutePath): PendingSync | undefined => {
  try {
    const { ref, from, to } = JSON.parse(readText(fileOf(commonDir, gitDir)) ?? '') as Record<string, string>
    return { ref: parseRefName(ref ?? ''), from: parseObjectId(from ?? ''), to: parseObjectId(to ?? '') }
  } catch {
    return undefined
  }
}

/** Forgets it: done, or nobody's business any more. */
export const dropPendingSync = (commonDir: AbsolutePath, gitDir: AbsolutePath): void => {
  rmSync(onDisk(fileOf(commonDir, gitDir)), { force: true })
}
