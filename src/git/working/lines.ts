import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeBytes } from '../../core/bytes.ts'
import type { LineCounts } from '../../core/facts.ts'
import type { AbsolutePath, ObjectId } from '../../core/ids.ts'
import { DIFF_OPTIONS, parseShortstat } from '../facts/line-counts.ts'
import type { GitReader } from '../git.ts'
import { kindOf, onDisk } from '../paths.ts'
import type { ProbeStore } from '../probe-store.ts'
import type { WorktreeStatus } from '../status.ts'
import { countUntracked, untrackedFiles } from './untracked.ts'

export interface WorkingTree {
  readonly path: AbsolutePath
  readonly gitDir: AbsolutePath
  /** What its changes are measured against: its commit, or the empty tree while it has none. */
  readonly against: ObjectId
  readonly status: WorktreeStatus
}

const diffIndex = async (
  git: GitReader,
  tree: WorkingTree,
  env: Readonly<Record<string, string>> = {},
): Promise<LineCounts> => {
  const args = ['diff-index', '--shortstat', ...DIFF_OPTIONS, tree.against]
  const { stdout } = await git.read(args, { cwd: tree.path, env })
  return parseShortstat(stdout.toString())
}

/** A copy of the worktree's index to work on. Without an index file there is nothing staged, and nothing to copy. */
export const copyIndex = (tree: WorkingTree, probes: ProbeStore): string => {
  const copy = probes.scratch()
  const index = join(tree.gitDir, 'index')
  if (kindOf(index) === 'file') copyFileSync(onDisk(index), copy)
  return copy
}

/** Counts with the untracked files known to a copy of the index, so that a moved file is paired with its old place. */
const countPaired = async (
  git: GitReader,
  tree: WorkingTree,
  probes: ProbeStore,
  files: readonly string[],
): Promise<LineCounts> => {
  const env = { ...probes.env(), GIT_INDEX_FILE: copyIndex(tree, probes) }
  const input = encodeBytes(files.join('\0'))
  const add = ['add', '--intent-to-add', '--pathspec-from-file=-', '--pathspec-file-nul']
  await git.read(add, { cwd: tree.path, env, input })
  return await diffIndex(git, tree, env)
}

/** Lines that a worktree adds and deletes against its commit, untracked files included, moves paired. */
export const countWorking = async (git: GitReader, tree: WorkingTree, probes: ProbeStore): Promise<LineCounts> => {
  const { entries } = tree.status
  const tracked = entries.filter(({ xy }) => xy !== '??')
  const files = await untrackedFiles(git, tree.path, entries)
  if (files.length > 0 && tracked.some(({ xy }) => xy.includes('D'))) return await countPaired(git, tree, probes, files)
  const counts = tracked.length === 0 ? { added: 0, deleted: 0 } : await diffIndex(git, tree)
  return { added: counts.added + (await countUntracked(git, tree.path, files)), deleted: counts.deleted }
}
