import { WtError } from '../core/errors.ts'
import { shortRefName } from '../core/ids.ts'
import type { IntegrationReason } from '../core/integration.ts'
import type { BranchOutcome, RemoveResult } from '../worktree/remove/result.ts'
import { planJson, renderPlan } from './dry-run.ts'
import { renderError, renderRefusal } from './error.ts'
import { message, phrase } from './message.ts'
import type { Style } from './style.ts'

/** How each check is put into words. */
const REASONS: Readonly<Record<IntegrationReason, string>> = {
  same_commit: 'same commit as',
  ancestor: 'ancestor of',
  no_added_changes: 'no added changes on',
  trees_match: 'tree matches',
  merge_adds_nothing: 'all changes in',
  patch_id_match: 'all changes in',
}

const narrate = (outcome: BranchOutcome, style: Style): string => {
  const { branch } = outcome
  const say = phrase(style)
  switch (outcome.kind) {
    case 'planned':
      return ''
    case 'deleted': {
      const { proof, was } = outcome
      const why =
        proof === undefined ? say`unproven` : say`${{ painted: REASONS[proof.reason] }} ${shortRefName(proof.ref)}`
      const done = message('success', say`deleted branch ${branch} (${why})`, style)
      return `${done}\n${message('hint', say`to have it back: git branch ${branch} ${was.slice(0, 12)}`, style)}\n`
    }
    case 'refused':
      // Work that is nowhere else is kept; that is the tool doing its job.
      if (outcome.refusal.code !== 'BRANCH_NOT_INTEGRATED') return renderRefusal(outcome.refusal, style)
      return `${message('info', outcome.refusal.message, style)}\n${message('hint', outcome.refusal.hint ?? '', style)}\n`
    case 'failed': {
      const { error } = outcome
      return renderError(error instanceof WtError ? error : new WtError('GIT_FAILED', String(error)), style)
    }
  }
}

/** The outcomes as text: plans on stdout, what happened on stderr. */
export const renderRemove = (
  { outcomes, warnings }: RemoveResult,
  out: Style,
  err: Style,
): { readonly answer: string; readonly narration: string } => ({
  answer: outcomes.map((outcome) => (outcome.kind === 'planned' ? renderPlan(outcome.plan, out) : '')).join(''),
  narration:
    outcomes.map((outcome) => narrate(outcome, err)).join('') +
    warnings.map((warning) => `${message('warning', warning, err)}\n`).join(''),
})

const itemJson = (outcome: BranchOutcome): readonly unknown[] => {
  const { branch } = outcome
  switch (outcome.kind) {
    case 'planned':
      return [{ kind: 'branch_only', branch, plan: planJson(outcome.plan) }]
    case 'deleted':
      return [{ kind: 'branch_only', branch, pruned: false, branch_outcome: 'deleted' }]
    case 'refused':
      if (outcome.refusal.code !== 'BRANCH_NOT_INTEGRATED') return []
      return [{ kind: 'branch_only', branch, pruned: false, branch_outcome: 'retained_unmerged' }]
    case 'failed': {
      const raced = outcome.error instanceof WtError && outcome.error.code === 'REF_MOVED'
      return raced ? [{ kind: 'branch_only', branch, pruned: false, branch_outcome: 'retained_raced' }] : []
    }
  }
}

/** The outcomes as `--json` prints them; targets that failed are not in it. */
export const removeJson = ({ outcomes }: RemoveResult): readonly unknown[] => outcomes.flatMap(itemJson)

/** Whether the command as a whole has failed: anything but done, planned, or kept because it is not merged. */
export const removeFailed = ({ outcomes }: RemoveResult): boolean =>
  outcomes.some(
    (outcome) =>
      outcome.kind === 'failed' || (outcome.kind === 'refused' && outcome.refusal.code !== 'BRANCH_NOT_INTEGRATED'),
  )
