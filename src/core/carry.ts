import type { ObjectId } from './ids.ts'

/** A path with uncommitted changes, relative to the root of its worktree. Bytes that are not UTF-8 are kept. */
export interface CarriedPath {
  readonly path: string
  /** git does not know it: it is moved as a file, and nothing is restored in its place. */
  readonly untracked: boolean
}

/** What the index holds for a path where that differs from the commit. Without an id the path is staged for deletion. */
export interface StagedEntry {
  readonly path: string
  /** Octal, as git prints it. */
  readonly mode: string
  readonly oid: ObjectId | undefined
}
