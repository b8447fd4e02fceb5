import { cpSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { carriesRawBytes, encodeBytes } from '../../core/bytes.ts'
import type { AbsolutePath, ObjectId } from '../../core/ids.ts'
import { uniqueName } from '../../core/unique-name.ts'
import { onDisk } from '../paths.ts'
import type { GitWriter } from '../writer.ts'
import type { TreeChange } from './tree-changes.ts'

/**
 * Moves index and files of a worktree from one commit to another; what differs from the first stays as it is. git
 * verifies all of it before it touches a file. Throws GIT_FAILED.
 */
export const moveFiles = async (
  writer: GitWriter,
  worktree: AbsolutePath,
  from: ObjectId,
  to: ObjectId,
): Promise<void> => {
  await writer.write(['-c', 'submodule.recurse=false', 'read-tree', '-m', '-u', from, to], { cwd: worktree })
}

/** Has git see which files really differ: files that were only touched would stop `moveFiles`. */
export const refreshIndex = async (writer: GitWriter, worktree: AbsolutePath): Promise<void> => {
  await writer.write(['update-index', '--ignore-submodules', '--refresh'], { cwd: worktree, answers: [0, 1] })
}

/** Copies files that are about to be overwritten, as they are. Returns where they are kept. Throws what the disk throws. */
export const keepCopies = (commonDir: AbsolutePath, worktree: AbsolutePath, paths: readonly string[]): AbsolutePath => {
  const name = `${new Date().toISOString().replaceAll(/[-:.]/g, '')}-${uniqueName()}`
  const kept = join(commonDir, 'wt', 'overwritten', name) as AbsolutePath
  for (const path of paths) {
    const to = join(kept, path)
    mkdirSync(onDisk(dirname(to)), { recursive: true })
    cpSync(onDisk(join(worktree, path)) as string, onDisk(to) as string, { verbatimSymlinks: true })
  }
  return kept
}

const isFile = (path: string): boolean => lstatSync(onDisk(path), { throwIfNoEntry: false })?.isFile() === true
const isGone = (path: string): boolean => {
  try {
    return lstatSync(onDisk(path), { throwIfNoEntry: false }) === undefined
  } catch {
    return true
  }
}

/** The ids that files would have in git, in order; for paths on one line each. */
const idsOf = async (
  writer: GitWriter,
  worktree: AbsolutePath,
  paths: readonly string[],
): Promise<readonly string[]> => {
  if (paths.length === 0) return []
  const input = encodeBytes(paths.map((path) => `${path}\n`).join(''))
  return (await writer.write(['hash-object', '--stdin-paths'], { cwd: worktree, input })).stdout.toString().split('\n')
}

/**
 * Puts back what a `moveFiles` that broke off has done to files: those that are exactly what it writes, and those that it
 * took away. Anything else in their places is somebody's, and stays. The index is still the old one then.
 */
export const restoreFiles = async (
  writer: GitWriter,
  worktree: AbsolutePath,
  changes: readonly TreeChange[],
): Promise<void> => {
  const ours = changes.filter(({ submodule }) => !submodule)
  const there = ours.filter(({ path }) => isFile(join(worktree, path)) && !/\n/.test(path) && !carriesRawBytes(path))
  const ids = await idsOf(
    writer,
    worktree,
    there.map(({ path }) => path),
  )
  const written = new Set(there.filter(({ to }, at) => ids[at] === to).map(({ path }) => path))
  const lost = ours.filter(({ path, kind }) => kind !== 'added' && (written.has(path) || isGone(join(worktree, path))))
  for (const { path, kind } of ours) {
    if (kind === 'added' && written.has(path)) rmSync(onDisk(join(worktree, path)), { force: true })
  }
  if (lost.length === 0) return
  const input = encodeBytes(lost.map(({ path }) => `${path}\0`).join(''))
  await writer.write(['checkout-index', '--force', '--quiet', '-z', '--stdin'], { cwd: worktree, input })
}
