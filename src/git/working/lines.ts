import { copyFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { carriesRawBytes, encodeBytes } from '../../core/bytes.ts'
import type { LineCounts } from '../../core/facts.ts'
import type { AbsolutePath, ObjectId } from '../../core/ids.ts'
import { DIFF_OPTIONS, parseShortstat } from '../facts/line-counts.ts'
import type { GitReader } from '../git.ts'
import type { StatusEntry } from '../parse-status.ts'
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

interface DiffOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Nothing else has changed; undefined: everything is looked at. */
  readonly only?: readonly string[] | undefined
}

const diffIndex = async (git: GitReader, tree: WorkingTree, { env = {}, only }: DiffOptions): Promise<LineCounts> => {
  const paths = only === undefined ? [] : ['--', ...only]
  const args = ['diff-index', '--shortstat', ...DIFF_OPTIONS, tree.against, ...paths]
  const { stdout } = await git.read(args, { cwd: tree.path, env })
  return parseShortstat(stdout.toString())
}

/** Bytes of a command line that may be spent on paths. */
const ROOM = 16 * 1024

/** The paths that git has just named, both of a rename, so that it need not look at all others again; if they fit. */
const namedPaths = (entries: readonly StatusEntry[]): readonly string[] | undefined => {
  const paths = entries.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]))
  const fit = paths.reduce((sum, path) => sum + path.length + 1, 0) < ROOM
  return fit && !paths.some(carriesRawBytes) ? paths : undefined
}

/**
 * A copy of the worktree's index to work on. It keeps the time at which the index was written: by that git knows which
 * files may have changed since within the same second, and looks into them. Without an index file there is nothing
 * staged, and nothing to copy.
 */
export const copyIndex = (tree: Pick<WorkingTree, 'gitDir'>, probes: ProbeStore): string => {
  const copy = probes.scratch()
  const index = join(tree.gitDir, 'index')
  if (kindOf(index) !== 'file') return copy
  const written = Math.floor(statSync(onDisk(index)).mtimeMs / 1000)
  copyFileSync(onDisk(index), copy)
  utimesSync(copy, written, written)
  return copy
}

/** How paths that come on stdin are added to a copy. Outside of a sparse checkout git adds only what it is made to. */
export const ADD_TO_COPY = ['add', '--sparse', '--pathspec-from-file=-', '--pathspec-file-nul']

/** Counts with the untracked files known to a copy of the index, so that a moved file is paired with its old place. */
const countPaired = async (
  git: GitReader,
  tree: WorkingTree,
  probes: ProbeStore,
  files: readonly string[],
): Promise<LineCounts> => {
  const env = { ...probes.env(), GIT_INDEX_FILE: copyIndex(tree, probes) }
  const input = encodeBytes(files.join('\0'))
  const add = [...ADD_TO_COPY, '--intent-to-add']
  await git.read(add, { cwd: tree.path, env, input })
  return await diffIndex(git, tree, { env })
}

/** Lines that a worktree adds and deletes against its commit, untracked files included, moves paired. */
export const countWorking = async (git: GitReader, tree: WorkingTree, probes: ProbeStore): Promise<LineCounts> => {
  const { entries } = tree.status
  const tracked = entries.filter(({ xy }) => xy !== '??')
  const files = await untrackedFiles(git, tree.path, entries)
  if (files.length > 0 && tracked.some(({ xy }) => xy.includes('D'))) return await countPaired(git, tree, probes, files)
  const counts =
    tracked.length === 0 ? { added: 0, deleted: 0 } : await diffIndex(git, tree, { only: namedPaths(tracked) })
  return { added: counts.added + (await countUntracked(git, tree.path, files)), deleted: counts.deleted }
}
