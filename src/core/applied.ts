import type { AbsolutePath, BranchName } from './ids.ts'
import type { RefChange, RefSnapshot } from './snapshot.ts'

/** What `apply` hands back. Code that goes on must read `after`. */
export interface Applied {
  readonly before: RefSnapshot
  readonly after: RefSnapshot
  /** What really changed: the difference of the two snapshots, whoever changed it. */
  readonly changes: readonly RefChange[]
}

/** What an effect did beyond refs, as it happened and not as it was planned. */
export type EffectReport =
  | { readonly kind: 'worktree-added'; readonly path: AbsolutePath; readonly branch: BranchName }
  | { readonly kind: 'set-aside'; readonly path: AbsolutePath; readonly to: AbsolutePath }
  | { readonly kind: 'carried'; readonly from: AbsolutePath; readonly to: AbsolutePath; readonly count: number }
