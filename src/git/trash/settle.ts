import { mkdirSync, renameSync, rmSync, type Stats } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'
import type { KeptEntry } from '../../core/plan.ts'
import { namesIn, onDisk } from '../paths.ts'
import { type Manifest, readManifest, type Settled, writeManifest } from './manifest.ts'
import { codeOf, copyTree, deleteTree, holdDirectory, measureTree, statOf } from './tree.ts'
import { adminIn } from './unregister.ts'

/** How much has been deleted so far, for whoever waits. */
export type Progress = (files: number, bytes: number) => void

/** Where the kept files lie, by their paths from the worktree's root. */
const filesIn = (kept: AbsolutePath): string => join(kept, 'files')

/** A path in the tree whose every directory is one, and no link that leads out of it. Opens directories that are shut. */
const reachable = (root: string, path: string): boolean => {
  let place = root
  for (const part of ['', ...path.split('/').slice(0, -1)]) {
    place = join(place, part)
    if (statOf(place)?.isDirectory() !== true) return false
    holdDirectory(place).close()
  }
  return path !== '' && !path.split('/').includes('..')
}

/** A name that is free, where a process that still runs has made a file anew. */
const freeName = (path: string): string => {
  let name = path
  for (let count = 1; statOf(name) !== undefined; count++) name = `${path}.again-${count}`
  return name
}

const move = (from: string, wanted: string): void => {
  mkdirSync(onDisk(dirname(wanted)), { recursive: true, mode: 0o700 })
  const to = freeName(wanted)
  try {
    renameSync(onDisk(from), onDisk(to))
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error
    const part = `${to}.wt-part`
    rmSync(onDisk(part), { recursive: true, force: true })
    copyTree(from, part)
    renameSync(onDisk(part), onDisk(to))
  }
}

/** Whether a path was there and is now with the kept files. */
const keep = (staged: AbsolutePath, kept: AbsolutePath, path: string): boolean => {
  const bare = path.replace(/\/+$/, '')
  const [from, to] = [join(staged, bare), join(filesIn(kept), bare)]
  if (!reachable(staged, bare) || statOf(from) === undefined) return statOf(to) !== undefined
  move(from, to)
  return true
}

interface Sized {
  readonly entry: KeptEntry
  readonly files: number
  readonly bytes: number
}

/** Everything that is not ignored, then ignored files and directories, the smallest first, while there is room. */
export const chooseKept = <Each extends Sized>(
  sized: readonly Each[],
  limit: number,
): { readonly kept: readonly Each[]; readonly dropped: readonly Each[] } => {
  const ignored = sized.filter(({ entry }) => entry.why === 'ignored').sort((a, b) => a.bytes - b.bytes)
  let room = limit
  const fitting = ignored.filter(({ bytes }) => {
    room -= bytes
    return limit > 0 && room >= 0
  })
  const kept = [...sized.filter(({ entry }) => entry.why !== 'ignored'), ...fitting]
  return { kept, dropped: ignored.filter((each) => !fitting.includes(each)) }
}

/** What a registration holds that is worth keeping with nothing at stake: which commit, and how it came there. */
const SMALL: ReadonlySet<string> = new Set([
  'HEAD',
  'ORIG_HEAD',
  'commondir',
  'config.worktree',
  'gitdir',
  'info',
  'logs',
])

const slim = (kept: AbsolutePath): void => {
  for (const name of namesIn(adminIn(kept))) if (!SMALL.has(name)) deleteTree(adminIn(kept), name)
}

const EVERYTHING = { files: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY }

/** A clock may lag behind by a tick of the system's. Milliseconds. */
const TICK = 10

/** What is too much to be kept, chosen once: of what is half deleted less is left, which might fit. */
const chooseDropped = (staged: AbsolutePath, kept: AbsolutePath, manifest: Manifest): Settled['dropped'] => {
  if (manifest.dropping !== undefined) return manifest.dropping
  const all = manifest.entries.map((entry) => ({ entry, ...measureTree(join(staged, entry.path), EVERYTHING) }))
  const chosen = chooseKept(all, manifest.limit).dropped
  const dropping = chosen.map(({ entry, files, bytes }) => ({ path: entry.path, files, bytes }))
  if (dropping.length > 0) writeManifest(kept, { ...manifest, dropping })
  return dropping
}

const removeTree = (staged: AbsolutePath, manifest: Manifest, kept: AbsolutePath, progress: Progress): Settled => {
  const dropping = chooseDropped(staged, kept, manifest)
  const goes = new Set(dropping.map(({ path }) => path))
  const stays = manifest.entries.filter(({ path }) => !goes.has(path))
  const all = stays.map((entry) => ({ entry, ...measureTree(join(staged, entry.path), EVERYTHING) }))
  const saved = all.filter(({ entry }) => keep(staged, kept, entry.path))
  const late: Sized[] = []
  const dropped = dropping.map(({ path }) => path.replace(/\/*$/, '/'))
  let [files, bytes] = [0, 0]
  /** Written after the check: nobody has been asked about it. */
  const spare = (place: string, path: string, stats: Stats): boolean => {
    const isLate = stats.isFile() && stats.ctimeMs > manifest.checkedAt - TICK && path !== '.git'
    if (isLate && !dropped.some((directory) => `${path}/`.startsWith(directory))) {
      move(place, join(filesIn(kept), path))
      late.push({ entry: { path, why: 'late' }, files: 1, bytes: stats.size })
      return true
    }
    files += 1
    bytes += stats.size
    progress(files, bytes)
    return false
  }
  deleteTree(dirname(staged), staged.slice(staged.lastIndexOf('/') + 1), spare)
  return {
    kept: [...saved, ...late].map((each) => ({ ...each.entry, bytes: each.bytes })),
    dropped: dropping,
  }
}

/**
 * Deletes a removed worktree's directory, after taking out of it what is kept. What was written into it after it had been
 * looked at is kept as well. May be called again after it was interrupted. Undefined without a manifest.
 */
export const settle = (
  staged: AbsolutePath,
  kept: AbsolutePath,
  progress: Progress = () => undefined,
): Settled | undefined => {
  const manifest = readManifest(kept)
  if (manifest === undefined) {
    deleteTree(dirname(staged), staged.slice(staged.lastIndexOf('/') + 1))
    return undefined
  }
  const found = removeTree(staged, manifest, kept, progress)
  const before = manifest.settled
  const settled = before === undefined ? found : { kept: [...before.kept, ...found.kept], dropped: before.dropped }
  if (!manifest.whole) slim(kept)
  const { dropping: _, ...rest } = manifest
  writeManifest(kept, { ...rest, settled })
  return settled
}
