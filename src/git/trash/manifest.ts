import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath, BranchName, ObjectId } from '../../core/ids.ts'
import type { KeptEntry } from '../../core/plan.ts'
import { onDisk, readText } from '../paths.ts'

/** What was removed, and what of it is still there. Lies beside what was kept, as `manifest.json`. */
export interface Manifest {
  readonly version: 1
  /** ISO 8601, UTC. */
  readonly time: string
  /** The command line that removed it. */
  readonly command: readonly string[]
  /** The registration's name under `<common>/worktrees/`. */
  readonly id: string
  /** Where the worktree stood. */
  readonly path: AbsolutePath
  readonly branch?: BranchName
  /** The commit it stood on. */
  readonly head?: ObjectId
  /** Where its directory waits for deletion; missing when only a registration was cleared. */
  readonly staged?: AbsolutePath
  /** What is to be kept of it, by paths from the worktree's root. */
  readonly entries: readonly KeptEntry[]
  /** Bytes of ignored files that are kept at most. */
  readonly limit: number
  /** Whatever has changed in the directory since then is kept, too. Milliseconds since 1970. */
  readonly checkedAt: number
  /** The registration's index holds what is committed nowhere, or its submodules may: these stay. */
  readonly whole: boolean
  /** Set before anything is deleted: what of it is too much to be kept. A drain that was killed goes on by it. */
  readonly dropping?: Settled['dropped']
  /** Set when the directory is gone: what was kept and what was deleted. */
  readonly settled?: Settled
}

/** What became of a removed worktree's files. */
export interface Settled {
  readonly kept: readonly (KeptEntry & { readonly bytes: number })[]
  /** What was ignored and too much to be kept. */
  readonly dropped: readonly { readonly path: string; readonly files: number; readonly bytes: number }[]
}

const fileIn = (directory: AbsolutePath): string => join(directory, 'manifest.json')

/** Reads the manifest of a directory of kept files; undefined when there is none that can be read. */
export const readManifest = (directory: AbsolutePath): Manifest | undefined => {
  try {
    const manifest = JSON.parse(readText(fileIn(directory)) ?? '') as Manifest
    return manifest.version === 1 && Array.isArray(manifest.entries) ? manifest : undefined
  } catch {
    return undefined
  }
}

/** Writes it whole or not at all. Paths that are not UTF-8 survive, as JSON can spell their surrogates. */
export const writeManifest = (directory: AbsolutePath, manifest: Manifest): void => {
  const draft = `${fileIn(directory)}.${process.pid}`
  writeFileSync(onDisk(draft), `${JSON.stringify(manifest, undefined, 2)}\n`)
  renameSync(onDisk(draft), onDisk(fileIn(directory)))
}
