import { renameSync } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'
import type { RegisteredWorktree } from '../../core/plan.ts'
import { isSamePlace, onDisk } from '../paths.ts'
import { lockOf, recordedGitFile } from './ownership.ts'
import { codeOf, copyTree, deleteTree, statOf } from './tree.ts'

/** Where a registration goes: HEAD, index and reflog of the worktree that was. */
export const adminIn = (kept: AbsolutePath): AbsolutePath => join(kept, 'admin') as AbsolutePath

/**
 * Clears one registration, never another one's: by one rename, so that nobody reads half of it. Only if it is not locked
 * and nothing stands at the `.git` that it records, both as of now. Whether it was cleared is the answer; one that is
 * not there was. Call it with the registry's lock held.
 */
export const unregister = ({ gitDir, path }: RegisteredWorktree, kept: AbsolutePath): boolean => {
  if (statOf(gitDir) === undefined) return true
  const recorded = recordedGitFile(gitDir)
  if (lockOf(gitDir) !== undefined || recorded === undefined || statOf(recorded) !== undefined) return false
  if (!isSamePlace(recorded, join(path, '.git'))) return false
  try {
    renameSync(onDisk(gitDir), onDisk(adminIn(kept)))
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error
    copyTree(gitDir, adminIn(kept))
    const cut = gitDir.lastIndexOf('/')
    return deleteTree(gitDir.slice(0, cut), gitDir.slice(cut + 1))
  }
  return true
}
