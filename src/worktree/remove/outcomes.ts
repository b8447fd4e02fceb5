import type { EffectReport } from '../../core/applied.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { PlanOutcome } from '../../git/apply.ts'
import { isSamePlace } from '../../git/paths.ts'
import type { Look } from '../look.ts'
import type { expectedPaths } from '../path-template.ts'
import type { BranchOutcome, KeptFiles, RemovalOutcome } from './result.ts'
import type { Step } from './steps.ts'

type WorktreeStep = Step & { readonly kind: 'worktree' }
type BranchStep = Step & { readonly kind: 'branch' }

/** What is said of a target that was not even tried. */
export const unmetOutcome = (step: Step & { readonly kind: 'refused' | 'failed' }): RemovalOutcome =>
  step.kind === 'refused' ? { kind: 'refused', refusal: step.refusal } : { kind: 'failed', error: step.error }

/** What is said of a target in a dry run. */
export const plannedOutcome = (step: WorktreeStep | BranchStep): RemovalOutcome =>
  step.kind === 'worktree'
    ? {
        kind: 'planned',
        path: step.plan.path,
        branch: step.target.worktree.branch,
        stale: step.plan.stale,
        plan: step.plan.plan,
      }
    : { kind: 'planned', path: undefined, branch: step.target.branch, stale: false, plan: step.plan }

/** Where the worktree of a branch belongs. */
type PlaceOf = Awaited<ReturnType<typeof expectedPaths>>

/** The detached worktree that stands where the branch's own would. */
const detachedAt = ({ worktrees }: Look, branch: BranchName, placeOf: PlaceOf): AbsolutePath | undefined => {
  const placed = placeOf(branch)
  if (placed.kind !== 'path') return undefined
  return worktrees.worktrees.find(
    ({ id, detached, path, prunable, broken }) =>
      id !== undefined && detached && prunable === undefined && broken === undefined && isSamePlace(path, placed.path),
  )?.path
}

/** What `apply` said of the removal; undefined where it did not come to it. */
const removalIn = ({ reports }: PlanOutcome): (EffectReport & { readonly kind: 'worktree-removed' }) | undefined =>
  reports.find((report) => report.kind === 'worktree-removed')

const ofWorktree = ({ target, plan }: WorktreeStep, done: PlanOutcome, outcome: BranchOutcome): RemovalOutcome => {
  const { path, branch, head } = target.worktree
  const staged = removalIn(done)?.staged
  const staging = plan.plan.effects.find((effect) => effect.kind === 'stage-worktree')
  const keeps = staging?.kind === 'stage-worktree' ? staging.keeps : []
  return {
    kind: 'worktree',
    path,
    branch,
    head,
    backup: plan.backup,
    discarded: keeps.filter(({ why }) => why !== 'ignored').map((entry) => entry.path),
    kept: undefined,
    stale: plan.stale,
    uncleared: staged !== undefined && !staged.cleared,
    outcome,
  }
}

/** What became of one target. */
export const outcomeFor = (
  look: Look,
  step: WorktreeStep | BranchStep,
  done: PlanOutcome,
  outcome: BranchOutcome,
  { removed, placeOf }: { readonly removed: ReadonlySet<AbsolutePath>; readonly placeOf: PlaceOf },
): RemovalOutcome => {
  const went = removalIn(done) !== undefined
  if (step.kind === 'worktree' && !went) return { kind: 'failed', error: done.failure?.error }
  if (step.kind === 'worktree' && !step.plan.stale) return ofWorktree(step, done, outcome)
  const branch = step.kind === 'worktree' ? step.target.worktree.branch : step.target.branch
  if (branch === undefined) return ofWorktree(step as WorktreeStep, done, outcome)
  const beside = detachedAt(look, branch, placeOf)
  return {
    kind: 'branch',
    branch,
    pruned: step.kind === 'worktree' ? step.plan.path : undefined,
    detachedAt: beside === undefined || removed.has(beside) ? undefined : beside,
    outcome,
  }
}

/** The same, judged by what was foreseen before hooks ran: a branch that was to go, and was kept, has been taken. */
export const asForeseen = (outcome: RemovalOutcome, foreseen: ReadonlySet<BranchName>): RemovalOutcome => {
  if (outcome.kind !== 'worktree' && outcome.kind !== 'branch') return outcome
  const { branch, outcome: fate } = outcome
  if (branch === undefined || !foreseen.has(branch)) return outcome
  if (fate.kind === 'retained_unmerged') return { ...outcome, outcome: { ...fate, surprising: true } }
  if (fate.kind !== 'not_attempted' || fate.why !== 'shared') return outcome
  return { ...outcome, outcome: { kind: 'retained_checked_out', at: fate.at } }
}

/** The same with what became of its files. */
export const withKept = (
  outcome: RemovalOutcome,
  kept: readonly (readonly [path: AbsolutePath, files: KeptFiles | undefined])[],
): RemovalOutcome =>
  outcome.kind === 'worktree' ? { ...outcome, kept: kept.find(([path]) => path === outcome.path)?.[1] } : outcome
