import type { AbsolutePath } from '../core/ids.ts'
import type { GitReader } from './git.ts'
import { parseStatus, type StatusEntry } from './parse-status.ts'

/** Every display setting is pinned: nothing in the user's configuration can hide a change. */
const ARGS = [
  '-c',
  'status.renames=true',
  '-c',
  // A file that is not there would be a failure.
  'diff.orderFile=/dev/null',
  'status',
  '--porcelain=v2',
  '-z',
  '--untracked-files=normal',
  '--ignore-submodules=none',
]

/** What `git status` says of one worktree. */
export interface WorktreeStatus {
  readonly entries: readonly StatusEntry[]
  /** The records as git printed them, ids of staged content included. */
  readonly raw: Buffer
}

/** Asks one worktree for its status: the one definition of clean is that there is no entry. Throws GIT_FAILED. */
export const readStatus = async (git: GitReader, path: AbsolutePath): Promise<WorktreeStatus> => {
  const { stdout } = await git.read(ARGS, { cwd: path })
  return { entries: parseStatus(stdout), raw: stdout }
}
