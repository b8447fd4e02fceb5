import { WtError } from '../../core/errors.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { Plan } from '../../core/plan.ts'
import { type ApplyContext, applyAll } from '../../git/apply.ts'
import { type Look, lookAgain } from '../look.ts'
import { type BranchDecision, decideBranch } from './branch-decision.ts'
import { holds } from './plan.ts'
import type { BranchOutcome } from './result.ts'
import { branchFacts, type RemovalOptions, type Seen, verdictsOn } from './steps.ts'

/** A branch whose deletion did not go through at first. */
export interface Undecided {
  readonly branch: BranchName
  readonly error: unknown
}

const codeOf = (error: unknown): string | undefined => (error instanceof WtError ? error.code : undefined)

/** What a decision comes to when nothing has to be done for it, or once it has been done. */
export const outcomeOf = (decision: BranchDecision): BranchOutcome => {
  switch (decision.kind) {
    case 'leave':
      return decision.why === 'shared'
        ? { kind: 'not_attempted', why: 'shared', at: decision.at, forced: decision.forced }
        : { kind: 'not_attempted', why: decision.why }
    case 'delete':
      return { kind: 'deleted', was: decision.was, proof: decision.proof }
    case 'keep':
      return { kind: 'retained_unmerged', refusal: decision.refusal }
    case 'moved':
      return { kind: 'retained_raced' }
  }
}

const holderOf = ({ worktrees }: Look, branch: BranchName): AbsolutePath | undefined =>
  worktrees.worktrees.find((worktree) => holds(worktree, branch))?.path

/** Why a deletion did not go through, in the end. */
const failureOf = (look: Look, branch: BranchName, error: unknown): BranchOutcome => {
  switch (codeOf(error)) {
    case 'REF_MOVED':
      return { kind: 'retained_raced' }
    case 'BRANCH_CHECKED_OUT':
      return { kind: 'retained_checked_out', at: holderOf(look, branch) }
    default:
      return { kind: 'retained_failed', error }
  }
}

interface Second {
  readonly branch: BranchName
  readonly plan: Plan
  readonly decision: BranchDecision
}

/**
 * Judges branches anew that a ref moved under, by the refs as they are now, and tries once more. Whatever has moved twice
 * stays. Answers with the refs after that.
 */
export const settleBranches = async (
  context: ApplyContext,
  before: Look,
  undecided: readonly Undecided[],
  { options, seen }: { readonly options: RemovalOptions; readonly seen: Seen },
): Promise<{ readonly outcomes: ReadonlyMap<BranchName, BranchOutcome>; readonly warnings: readonly string[] }> => {
  const outcomes = new Map<BranchName, BranchOutcome>()
  if (undecided.length === 0) return { outcomes, warnings: [] }
  const look = await lookAgain(before)
  const again: Second[] = []
  const moved = undecided.filter(({ error }) => codeOf(error) === 'REF_MOVED')
  for (const { branch, error } of undecided) outcomes.set(branch, failureOf(look, branch, error))
  const verdicts = await verdictsOn(
    look,
    moved.map(({ branch }) => branch),
    options,
  )
  for (const { branch } of moved) {
    const facts = branchFacts(look, verdicts, branch)
    const decision = decideBranch(look.refs, facts, branch, undefined, { ...options, seen: seen(branch) })
    const taken = decision.kind === 'keep' && decision.refusal.code === 'BRANCH_CHECKED_OUT'
    if (taken) outcomes.set(branch, { kind: 'retained_checked_out', at: holderOf(look, branch) })
    else if (decision.kind === 'delete') {
      again.push({ branch, decision, plan: { kind: 'plan', basis: look.refs, effects: decision.effects } })
    } else outcomes.set(branch, outcomeOf(decision))
  }
  if (again.length === 0) return { outcomes, warnings: [] }
  const applied = await applyAll(
    context,
    look.refs,
    again.map(({ plan }) => plan),
  )
  for (const [at, { branch, decision }] of again.entries()) {
    const failure = applied.outcomes[at]?.failure
    outcomes.set(branch, failure === undefined ? outcomeOf(decision) : failureOf(look, branch, failure.error))
  }
  return { outcomes, warnings: applied.warnings }
}
