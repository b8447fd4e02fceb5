import type { AbsolutePath } from '../core/ids.ts'
import type { GitReader } from './git.ts'
import { parseIgnored, parseStatus, type StatusEntry } from './parse-status.ts'

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

/** As above, with what is ignored: a directory as a whole where a pattern names it. */
const WITH_IGNORED = [...ARGS, '--ignored=matching']

/** What `git status` says of one worktree. */
export interface WorktreeStatus {
  readonly entries: readonly StatusEntry[]
  /** The records as git printed them, ids of staged content included. */
  readonly raw: Buffer
}

/**
 * Asks worktrees for their status, each answer as it comes: the one definition of clean is that there is no entry. An
 * answer rejects with GIT_FAILED.
 */
export const readStatuses = (git: GitReader, paths: readonly AbsolutePath[]): readonly Promise<WorktreeStatus>[] =>
  git.readEach(ARGS, paths).map(async (answer) => {
    const raw = await answer
    return { entries: parseStatus(raw), raw }
  })

/** What a worktree holds besides commits. */
export interface WorktreeContents extends WorktreeStatus {
  /** Files and directories that git ignores. */
  readonly ignored: readonly string[]
}

/** As `readStatuses`; one question answers both whether a worktree is clean and what git ignores in it. */
export const readContents = (git: GitReader, paths: readonly AbsolutePath[]): readonly Promise<WorktreeContents>[] =>
  git.readEach(WITH_IGNORED, paths).map(async (answer) => {
    const raw = await answer
    return { entries: parseStatus(raw), ignored: parseIgnored(raw), raw }
  })

/** The status of one worktree, from another index if `env` names one. Throws GIT_FAILED. */
export const readStatus = async (
  git: GitReader,
  path: AbsolutePath,
  env: Readonly<Record<string, string>> = {},
): Promise<WorktreeStatus> => {
  const { stdout } = await git.read(ARGS, { cwd: path, env })
  return { entries: parseStatus(stdout), raw: stdout }
}
