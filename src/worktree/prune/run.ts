import { type Look, lookAt } from '../look.ts'
import { hooksUnasked, type RemoveCommandPorts } from '../remove/hooks.ts'
import { outOf, removeAll } from '../remove/remove-all.ts'
import { type Doable, isDoable, planSteps, type RemovalOptions, type Seen, type Step } from '../remove/steps.ts'
import type { Target } from '../remove/targets.ts'
import { gatherVerdicts, type Verdicts } from '../remove/verdicts.ts'
import { type Candidate, candidatesIn } from './candidates.ts'
import type { PrunePlanned, PruneResult } from './result.ts'

export interface PruneOptions {
  /** Milliseconds that worktrees and branches must have been there; 0 takes all. */
  readonly minAge: number
  /** Come back when the files are gone. */
  readonly foreground: boolean
  /** Plan only. */
  readonly dryRun: boolean
}

/** Whether everything that the candidate would take away is elsewhere. */
const isIntegrated = ({ integrations, judgeOf }: Verdicts, { head }: Candidate): boolean => {
  if (head === undefined) return true
  const judge = judgeOf(head)
  return judge !== undefined && integrations.get({ base: judge.oid, head })?.kind === 'integrated'
}

const targetName = (target: Target): string =>
  target.kind === 'worktree' ? (target.worktree.branch ?? target.worktree.path) : target.branch

const keyOf = (target: Target): string => (target.kind === 'worktree' ? target.worktree.path : target.branch)

const plannedOf = (look: Look, verdicts: Verdicts, candidate: Candidate, step: Doable): PrunePlanned => {
  const { kind, branch, head, target } = candidate
  const judge = head === undefined ? undefined : verdicts.judgeOf(head)
  const verdict = judge && head && verdicts.integrations.get({ base: judge.oid, head })
  const decision = step.kind === 'worktree' ? step.plan.decision : step.decision
  return {
    kind,
    branch,
    path: target.kind === 'worktree' ? target.worktree.path : undefined,
    deletesBranch: decision.kind === 'delete',
    proof: judge && verdict?.kind === 'integrated' ? { ref: judge.ref, reason: verdict.reason } : undefined,
    plan: step.kind === 'worktree' ? step.plan.plan : { ...step.plan, basis: look.refs },
  }
}

/** Only a step that would change something is one: a branch that is kept is not pruned. */
const prunes = (step: Step): step is Doable =>
  isDoable(step) && (step.kind === 'worktree' || step.decision.kind === 'delete')

/**
 * Removes every worktree and branch whose work is elsewhere, all judged in one batch from one snapshot. What can't go
 * (changes, a lock, another worktree inside) is left without a word, as is what is too young, with one. Each deletion
 * is verified again by git as it happens. What has not begun when one fails stays: the same hook would run for each.
 * Nobody is asked about hooks: what needs an approval stays. Throws what `lookAt` throws, and CONFIG_INVALID where hooks can't be read.
 */
export const runPrune = async (ports: RemoveCommandPorts, options: PruneOptions): Promise<PruneResult> => {
  const first = await lookAt(ports, { lookOnly: options.dryRun })
  const all = candidatesIn(first)
  const heads = all.flatMap(({ head }) => head ?? [])
  const verdicts = await gatherVerdicts(first.repository, first.refs, { defaultBranch: first.defaultBranch, heads })
  const integrated = all.filter((candidate) => isIntegrated(verdicts, candidate))
  const isYoung = ({ since }: Candidate): boolean =>
    options.minAge > 0 && since !== undefined && ports.now() - since < options.minAge
  const candidates = integrated.filter((candidate) => !isYoung(candidate))
  const targets = candidates.map(({ target }) => target)
  const look = outOf(first, targets)
  const seen: Seen = (branch) => look.refs.tip(branch)
  const removal: RemovalOptions = {
    deleteBranch: true,
    forceDelete: false,
    force: false,
    limit: look.config.remove.keep,
    clearDetached: true,
  }
  const steps = await planSteps(look, targets, removal, { seen, confirm: true })
  const doable = steps.filter(prunes)
  const result = {
    kinds: new Map(candidates.map(({ target, kind }) => [keyOf(target), kind])),
    young: integrated.filter(isYoung).map(({ target }) => targetName(target)),
    warnings: look.warnings,
  }
  if (options.dryRun) {
    const planned = candidates.flatMap((candidate, at) => {
      const step = steps[at]
      return step !== undefined && prunes(step) ? [plannedOf(look, verdicts, candidate, step)] : []
    })
    return { ...result, planned, removed: undefined, unbegun: 0, unapproved: [] }
  }
  const { hooks, steps: going, unapproved } = await hooksUnasked(ports, look, doable)
  const judging = { options: removal, seen }
  const { foreground } = options
  const manner = { foreground, reap: false, together: !foreground, stopAtFailure: true }
  const removed = await removeAll({ ...ports, ...hooks.calls }, look, going, judging, manner)
  const failed = removed.outcomes.some(({ kind }) => kind === 'failed')
  const unbegun = failed ? going.length - removed.outcomes.length : 0
  return { ...result, planned: [], removed, unbegun, unapproved: unapproved.map(({ target }) => targetName(target)) }
}
