import type { RefChange, RefSnapshot } from './snapshot.ts'

/** What `apply` hands back. Code that goes on must read `after`. */
export interface Applied {
  readonly before: RefSnapshot
  readonly after: RefSnapshot
  /** What really changed: the difference of the two snapshots, whoever changed it. */
  readonly changes: readonly RefChange[]
}
