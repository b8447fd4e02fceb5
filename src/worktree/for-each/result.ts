import type { AbsolutePath, BranchName } from '../../core/ids.ts'

/** How a command ended in one worktree. */
export type ForEachEnd =
  | { readonly kind: 'exited'; readonly code: number }
  /** `code`: as a shell says it, 128 and the number of the signal. */
  | { readonly kind: 'killed'; readonly signal: string; readonly code: number }
  | { readonly kind: 'not-started'; readonly reason: string }

export interface ForEachOutcome {
  /** Undefined in a detached worktree. */
  readonly branch: BranchName | undefined
  readonly path: AbsolutePath
  readonly end: ForEachEnd
}

export interface ForEachResult {
  readonly outcomes: readonly ForEachOutcome[]
  /** The loop was stopped by a signal: what the process should leave with. */
  readonly stopped: number | undefined
  readonly warnings: readonly string[]
}

/** What is told while it goes on. */
export type ForEachEvent =
  | { readonly kind: 'begins'; readonly branch: BranchName | undefined; readonly path: AbsolutePath }
  | { readonly kind: 'ended'; readonly outcome: ForEachOutcome }
