import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { Plan } from '../../core/plan.ts'
import type { Proof } from '../remove/plan.ts'
import type { RemoveResult } from '../remove/result.ts'

/** What a candidate is: the worktree at hand, another one, a branch without one, or an entry without a directory. */
export type PruneKind = 'current' | 'worktree' | 'branch_only' | 'stale_worktree'

/** Something that would be pruned. */
export interface PrunePlanned {
  readonly kind: PruneKind
  readonly branch: BranchName | undefined
  readonly path: AbsolutePath | undefined
  readonly deletesBranch: boolean
  /** Where its work is; undefined where there is none. */
  readonly proof: Proof | undefined
  readonly plan: Plan
}

export interface PruneResult {
  /** In a dry run: what would be pruned. */
  readonly planned: readonly PrunePlanned[]
  /** What was pruned, and what became of it; undefined in a dry run. */
  readonly removed: RemoveResult | undefined
  /** How many have not begun, as one failed. */
  readonly unbegun: number
  /** The kinds of what was pruned, by path or, without one, by branch. */
  readonly kinds: ReadonlyMap<string, PruneKind>
  /** Too young: branches, or paths of detached worktrees. */
  readonly young: readonly string[]
  /** Left, as hooks of theirs need an approval: branches, or paths of detached worktrees. */
  readonly unapproved: readonly string[]
  readonly warnings: readonly string[]
}
