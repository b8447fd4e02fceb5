import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { RelocationSkip } from './plan.ts'

export interface RelocatedEntry {
  readonly branch: BranchName
  readonly from: AbsolutePath
  readonly to: AbsolutePath
}

export interface SkippedEntry {
  readonly branch: BranchName
  readonly reason: RelocationSkip
  /** More about it, for people. */
  readonly detail: string | undefined
}

export interface RelocateResult {
  readonly dryRun: boolean
  readonly entries: readonly RelocatedEntry[]
  readonly skipped: readonly SkippedEntry[]
  /** What stood in the way and where it is now. */
  readonly setAside: readonly { readonly path: AbsolutePath; readonly to: AbsolutePath }[]
  /** What git objected to; the moves that were left did not take place. */
  readonly failure: { readonly branch: BranchName; readonly message: string } | undefined
  /** Where the shell should be; undefined where it stands in nothing that has moved. */
  readonly shell: { readonly path: AbsolutePath; readonly told: boolean } | undefined
  readonly warnings: readonly string[]
}
