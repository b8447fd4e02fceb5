import type { BranchOutcome, RemovalOutcome, RemoveResult } from '../worktree/remove/result.ts'
import { planJson } from './dry-run.ts'

const checkedOutAt = (outcome: BranchOutcome): string | null =>
  outcome.kind === 'retained_checked_out' || outcome.kind === 'not_attempted' ? (outcome.at ?? null) : null

const branchJson = (outcome: BranchOutcome): object => ({
  branch_outcome: outcome.kind,
  branch_checked_out_at: checkedOutAt(outcome),
})

const itemJson = (outcome: RemovalOutcome): readonly unknown[] => {
  switch (outcome.kind) {
    case 'worktree': {
      const { path, branch = null, kept } = outcome
      const item = { kind: 'worktree', branch, path, ...branchJson(outcome.outcome), kept_in: kept?.place ?? null }
      return [{ ...item, backup_ref: outcome.backup ?? null }]
    }
    case 'branch': {
      const { branch, pruned, detachedAt = null } = outcome
      const item = { kind: 'branch_only', branch, pruned: pruned !== undefined, ...branchJson(outcome.outcome) }
      return [{ ...item, detached_worktree: detachedAt }]
    }
    case 'planned': {
      const { path, branch = null, stale, plan } = outcome
      const place = path === undefined ? {} : { path }
      return [
        { kind: path === undefined || stale ? 'branch_only' : 'worktree', branch, ...place, plan: planJson(plan) },
      ]
    }
    case 'refused':
    case 'failed':
      return []
  }
}

/** The outcomes as `--json` prints them; targets that failed are not in it. */
export const removeJson = ({ outcomes }: RemoveResult): readonly unknown[] => outcomes.flatMap(itemJson)

/** Whether the command as a whole has failed: anything but done, planned, or kept because it is not merged. */
export const removeFailed = ({ outcomes }: RemoveResult): boolean =>
  outcomes.some((outcome) => {
    if (outcome.kind === 'failed' || outcome.kind === 'refused') return true
    return outcome.kind !== 'planned' && outcome.outcome.kind === 'retained_failed'
  })
