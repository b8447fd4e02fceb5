import { dirname, join } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'
import { tryLock, withLock } from '../lock.ts'
import { kindOf, namesIn } from '../paths.ts'
import { type Manifest, readManifest } from './manifest.ts'
import { besideOf, isStagedName, KEPT_FOR, keptDirectory, trashDirectory } from './places.ts'
import { type Progress, settle } from './settle.ts'
import { deleteTree, statOf } from './tree.ts'
import { adminIn, unregister } from './unregister.ts'

/** A removed worktree whose directory still waits. */
interface Waiting {
  readonly name: string
  readonly staged: AbsolutePath
  readonly kept: AbsolutePath
}

/** Manifests are files that anybody may have edited: only a place that a removal would have chosen is believed. */
const isOurs = (commonDir: AbsolutePath, name: string, { staged, path }: Manifest): boolean =>
  staged === join(trashDirectory(commonDir), name) || staged === besideOf(path, name)

/** Everything in the trash, and what waits beside its old place. */
const waitingIn = (commonDir: AbsolutePath): readonly Waiting[] => {
  const [trash, kept] = [trashDirectory(commonDir), keptDirectory(commonDir)]
  const inTrash = namesIn(trash)
    .filter(isStagedName)
    .map((name) => ({ name, staged: join(trash, name) as AbsolutePath }))
  const beside = namesIn(kept).flatMap((name) => {
    const manifest = readManifest(join(kept, name) as AbsolutePath)
    if (manifest?.staged === undefined || !isOurs(commonDir, name, manifest)) return []
    const { staged } = manifest
    return dirname(staged) === trash || statOf(staged) === undefined ? [] : [{ name, staged }]
  })
  return [...inTrash, ...beside].map((each) => ({ ...each, kept: join(kept, each.name) as AbsolutePath }))
}

/** How many directories wait for their deletion. */
export const countWaiting = (commonDir: AbsolutePath): number => waitingIn(commonDir).length

/** Finishes what a removal that was killed has left: the registration of a worktree that is in the trash. */
const finish = async (commonDir: AbsolutePath, { kept }: Waiting): Promise<void> => {
  const manifest = readManifest(kept)
  if (manifest === undefined) return
  const { id, path, branch, head } = manifest
  const gitDir = join(commonDir, 'worktrees', id) as AbsolutePath
  if (id.includes('/') || statOf(gitDir) === undefined || statOf(adminIn(kept)) !== undefined) return
  await withLock(commonDir, 'registry', async () => unregister({ id, gitDir, path, branch, head }, kept))
}

/** Milliseconds after which a manifest that no directory belongs to can't be one that is just being made. */
const ABANDONED = 3_600_000

/** Deletes what has been kept long enough, and what was prepared for a removal that never came to it. */
const expire = (commonDir: AbsolutePath, now: number): void => {
  const directory = keptDirectory(commonDir)
  for (const name of namesIn(directory).filter(isStagedName)) {
    const kept = join(directory, name) as AbsolutePath
    const manifest = readManifest(kept)
    const age = now - (manifest === undefined ? (statOf(kept)?.mtimeMs ?? now) : Date.parse(manifest.time))
    const empty = manifest?.settled === undefined && namesIn(kept).every((file) => file.startsWith('manifest.json'))
    if (manifest?.staged !== undefined && kindOf(manifest.staged) !== undefined) continue
    if (age > KEPT_FOR || (empty && age > ABANDONED)) deleteTree(directory, name)
  }
}

/** What can't be kept, on a full disk perhaps, is not deleted either. */
const settleOrLeave = ({ staged, kept }: Waiting, progress: Progress | undefined): void => {
  try {
    settle(staged, kept, progress)
  } catch {
    // The next drain tries again.
  }
}

/**
 * Deletes everything that waits in the trash of a repository, and what has been kept for 30 days. One process does so at
 * a time: `busy` where another one is at it, which will see to the rest. What can't be deleted is left for later.
 */
export const drain = async (
  commonDir: AbsolutePath,
  now: () => number,
  progress?: Progress,
): Promise<'done' | 'busy'> => {
  const tried = new Set<string>()
  const open = (): readonly Waiting[] => waitingIn(commonDir).filter(({ staged }) => !tried.has(staged))
  do {
    const lock = tryLock(commonDir, 'drain')
    if (lock === undefined) return 'busy'
    try {
      for (const next of open()) {
        tried.add(next.staged)
        await finish(commonDir, next).catch(() => undefined)
        settleOrLeave(next, progress)
      }
      expire(commonDir, now())
    } finally {
      lock.release()
    }
    // Whoever came while the lock was still held has gone, and left something here.
  } while (open().length > 0)
  return 'done'
}
