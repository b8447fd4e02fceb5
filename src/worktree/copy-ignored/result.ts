import type { AbsolutePath } from '../../core/ids.ts'
import type { IgnoredEntry } from '../ignored/plan.ts'

/** What became of the files. */
export interface CopyCounts {
  /** Files and links that were made. */
  readonly files: number
  /** Bytes of the files among them. */
  readonly bytes: number
  /** Files that share their storage with the source. */
  readonly reflinked: number
  /** Files that were copied byte by byte. */
  readonly written: number
  /** Were there already and stayed as they were. */
  readonly kept: number
  /** Sockets, pipes and devices, which can't be copied. */
  readonly special: number
}

/** Something that should have been copied and was not. */
export interface CopyFailure {
  /** From the root of the worktree. */
  readonly path: string
  readonly reason: string
}

interface Ends {
  readonly from: AbsolutePath
  readonly to: AbsolutePath
}

/** Copying begins at nothing where a `.worktreeinclude` was asked for and there is none. */
interface Selected extends Ends {
  readonly includeMissing: boolean
  readonly entries: readonly IgnoredEntry[]
}

export type CopyIgnoredResult =
  | (Ends & { readonly kind: 'same-worktree' })
  | (Selected & { readonly kind: 'planned' })
  | (Selected & {
      readonly kind: 'copied'
      readonly counts: CopyCounts
      readonly failures: readonly CopyFailure[]
    })
