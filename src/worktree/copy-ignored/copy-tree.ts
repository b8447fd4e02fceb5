import type { Stats } from 'node:fs'
import { chmod, lstat, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { decodeBytes } from '../../core/bytes.ts'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { onDisk } from '../../git/paths.ts'
import { type IgnoredEntry, isOfOneCopy } from '../ignored/plan.ts'
import type { IgnoreRules } from '../ignored/rules.ts'
import { codeOf, copyOne } from './copy-file.ts'
import { type Destination, openDestination } from './destination.ts'
import type { CopyCounts, CopyFailure } from './result.ts'
import { runTasks, type Task } from './work-queue.ts'

export interface CopyRequest {
  readonly from: AbsolutePath
  readonly to: AbsolutePath
  readonly entries: readonly IgnoredEntry[]
  readonly exclude: IgnoreRules | undefined
  /** Paths that the destination's index has: they are the user's business, whatever is there. */
  readonly tracked: ReadonlySet<string>
  /** Other worktrees below the destination, by path from it. */
  readonly closed: readonly string[]
  readonly overwrite: boolean
  /** Leave out what other tools keep for one working copy only. */
  readonly selective: boolean
}

/** How many files are open at a time: more would not make a disk faster. */
const WIDTH = 8

/** After these, no other file would fare better. */
const HOPELESS: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'ENFILE'])

type Counts = { -readonly [Key in keyof CopyCounts]: CopyCounts[Key] }

interface Run extends CopyRequest {
  readonly destination: Destination
  readonly counts: Counts
  readonly failures: CopyFailure[]
}

const reasonOf = (error: unknown): string => {
  const code = codeOf(error)
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  return error instanceof Error ? error.message : String(error)
}

const fail = (run: Run, path: string, reason: string): void => void run.failures.push({ path, reason })

/** Nothing when it has vanished, which builds do to their files all the time. */
const look = (path: string): Promise<Stats | undefined> =>
  lstat(onDisk(path)).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined
    throw error
  })

/** Whether something can be put into a directory of the destination; notes it as kept or failed where not. */
const enter = (run: Run, directory: string, path: string): boolean => {
  const entered = run.destination.enter(directory)
  if (entered.kind === 'entered') return true
  if (entered.kind === 'leads-out') fail(run, path, `${directory} leads out of the worktree, to ${entered.to}`)
  else if (run.overwrite) fail(run, path, `${directory} is no directory in the destination`)
  else run.counts.kept += 1
  return false
}

const parentOf = (path: string): string => (path.includes('/') ? dirname(path) : '')

const copyFileAt = async (run: Run, path: string, stats: Stats): Promise<void> => {
  const { counts, overwrite } = run
  if (!enter(run, parentOf(path), path)) return
  const there = await look(join(run.to, path))
  if (run.tracked.has(path) || (there !== undefined && !overwrite)) {
    counts.kept += 1
    return
  }
  if (there?.isDirectory() === true) return fail(run, path, 'there is a directory in its place')
  const [from, directory] = [join(run.from, path), join(run.to, parentOf(path))]
  const placed = await copyOne({ from, stats, directory, name: basename(path), overwrite })
  if (placed === 'kept') {
    counts.kept += 1
    return
  }
  counts.files += 1
  if (placed === 'linked') return
  counts.bytes += stats.size
  counts[placed] += 1
}

const isLeftOut = (run: Run, path: string): boolean =>
  run.closed.includes(path) ||
  (run.selective && isOfOneCopy(basename(path))) ||
  run.exclude?.matches(path, true) === true

const copyAt = async (run: Run, path: string, add: (task: Task) => void): Promise<void> => {
  const from = join(run.from, path)
  const stats = await look(from)
  if (stats === undefined) return
  if (stats.isDirectory()) {
    if (isLeftOut(run, path) || !enter(run, path, path)) return
    for (const name of await readdir(onDisk(from), { encoding: 'buffer' })) {
      add(taskFor(run, `${path}/${decodeBytes(name)}`))
    }
  } else if (stats.isFile() || stats.isSymbolicLink()) {
    if (run.exclude?.matches(path, false) !== true) await copyFileAt(run, path, stats)
  } else run.counts.special += 1
}

const taskFor =
  (run: Run, path: string): Task =>
  async (add) => {
    try {
      await copyAt(run, path, add)
    } catch (error) {
      if (HOPELESS.has(codeOf(error))) {
        throw new WtError('COPY_FAILED', `copying stopped at ${path}: ${reasonOf(error)}`, {
          hint: 'what has been copied is whole; run it again for the rest',
        })
      }
      // It may have vanished between the glance and the copy.
      if ((await look(join(run.from, path)).catch(() => undefined)) !== undefined) fail(run, path, reasonOf(error))
    }
  }

/** Those that were made get the mode of their source, the deepest first: it may close them. */
const closeDirectories = async (run: Run): Promise<void> => {
  for (const path of [...run.destination.made].reverse()) {
    const stats = await look(join(run.from, path))
    if (stats !== undefined) await chmod(onDisk(join(run.to, path)), stats.mode & 0o7777)
  }
}

/**
 * Copies entries from one worktree to another. What can't be copied is in the answer, and the rest goes on. Throws
 * COPY_FAILED where nothing more could be written.
 */
export const copyTree = async (
  request: CopyRequest,
): Promise<{ readonly counts: CopyCounts; readonly failures: readonly CopyFailure[] }> => {
  const { to, closed, overwrite, entries } = request
  const counts: Counts = { files: 0, bytes: 0, reflinked: 0, written: 0, kept: 0, special: 0 }
  const run: Run = { ...request, counts, failures: [], destination: openDestination(to, closed, overwrite) }
  try {
    await runTasks(
      entries.map(({ path }) => taskFor(run, path)),
      WIDTH,
    )
  } finally {
    await closeDirectories(run)
  }
  return { counts, failures: run.failures }
}
