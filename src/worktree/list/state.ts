import type { Cell, Changes, Comparison, MainState } from './result.ts'

export interface StateInput {
  readonly primary: boolean
  readonly comparison: Cell<Comparison> | undefined
  /** Undefined for a row without a worktree: nothing there can be dirty. */
  readonly changes: Cell<Changes> | undefined
}

const byCounts = ({ ahead, behind }: Comparison): MainState | undefined => {
  if (ahead > 0) return behind > 0 ? 'diverged' : 'ahead'
  return behind > 0 ? 'behind' : undefined
}

/**
 * The first word that fits, in the order of precedence. It is `pending` while anything that a stronger word depends on
 * is unknown: a conflict is not announced before integration has been ruled out.
 */
export const stateOf = ({ primary, comparison, changes }: StateInput): Cell<MainState> | undefined => {
  if (primary) return 'is_main'
  if (comparison === undefined || comparison === 'pending') return comparison
  if (comparison.orphan) return 'orphan'
  if (changes === 'pending') return 'pending'
  const clean = changes?.clean ?? true
  const same = comparison.ahead === 0 && comparison.behind === 0
  if (same && clean) return 'empty'
  if (comparison.integration === 'pending') return 'pending'
  if (clean && comparison.integration !== undefined) return 'integrated'
  if (comparison.conflicts === 'pending') return 'pending'
  if (comparison.conflicts) return 'would_conflict'
  return same ? 'same_commit' : byCounts(comparison)
}
