import type { RepoId } from './ids.ts'
import type { RefEdit } from './plan.ts'
import type { RefChange, RefSnapshot } from './snapshot.ts'

/** Anything whose refs can be photographed: a clone, a store, a remote. */
export interface RefSource {
  readonly id: RepoId
  capture(): Promise<RefSnapshot>
}

/** Anything whose refs can be moved by compare-and-swap. */
export interface RefSink extends RefSource {
  /** Carries out all edits or none. Throws `REF_MOVED` when a ref was not what its edit expected. */
  edit(edits: readonly RefEdit[], reason: string): Promise<void>
}

/** What `apply` hands back. Code that goes on must read `after`. */
export interface Applied {
  readonly before: RefSnapshot
  readonly after: RefSnapshot
  /** What really changed: the difference of the two snapshots, whoever changed it. */
  readonly changes: readonly RefChange[]
}
