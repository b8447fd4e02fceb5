import type { AbsolutePath, BranchName } from './ids.ts'
import type { RefChange, RefSnapshot } from './snapshot.ts'

/** What `apply` hands back. Code that goes on must read `after`. */
export interface Applied {
  readonly before: RefSnapshot
  readonly after: RefSnapshot
  /** What really changed: the difference of the two snapshots, whoever changed it. */
  readonly changes: readonly RefChange[]
}

/** Where a removed worktree is now. */
export interface Staged {
  /** Where it stood. */
  readonly from: AbsolutePath
  /** Whether its registration is cleared; if not, something new stands at its path. */
  readonly cleared: boolean
  /** The directory that waits for its deletion. */
  readonly staged: AbsolutePath
  /** Where stays what is kept of it. */
  readonly kept: AbsolutePath
}

/** What an effect did beyond refs, as it happened and not as it was planned. */
export type EffectReport =
  /** What the user should know. */
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'worktree-added'; readonly path: AbsolutePath; readonly branch: BranchName }
  | { readonly kind: 'set-aside'; readonly path: AbsolutePath; readonly to: AbsolutePath }
  | { readonly kind: 'carried'; readonly from: AbsolutePath; readonly to: AbsolutePath; readonly count: number }
  | {
      readonly kind: 'worktree-removed'
      readonly path: AbsolutePath
      /** Where that is which git could not give back. */
      readonly kept: AbsolutePath
      /** Its directory, where there was one. */
      readonly staged?: Staged
    }
