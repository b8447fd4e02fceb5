import type { BranchName, ObjectId } from '../../core/ids.ts'
import type { Plan, Refusal } from '../../core/plan.ts'
import type { Look } from '../look.ts'
import { type BranchDecision, decideBranch } from './branch-decision.ts'
import { type Gathered, gatherWorktrees } from './gather.ts'
import type { BranchRemovalFacts } from './plan.ts'
import type { Target } from './targets.ts'
import { gatherVerdicts, type Verdicts } from './verdicts.ts'
import type { WorktreeRemovalOptions } from './worktree/plan.ts'
import { planWorktreeRemoval, type WorktreePlan } from './worktree/removal.ts'

/** How a removal is to go. */
export interface RemovalOptions extends Omit<WorktreeRemovalOptions, 'confirm'> {
  readonly deleteBranch: boolean
  /** The branch that has to have the work; undefined: the default one. */
  readonly judge?: BranchName
}

/** Where branches stood when the command began: only that is ever deleted without proof. */
export type Seen = (branch: BranchName) => ObjectId | undefined

/** What is to be done about one target. */
export type Step =
  | { readonly kind: 'worktree'; readonly target: Target & { readonly kind: 'worktree' }; readonly plan: WorktreePlan }
  | {
      readonly kind: 'branch'
      readonly target: Target & { readonly kind: 'branch' }
      readonly plan: Plan
      readonly decision: BranchDecision
    }
  | { readonly kind: 'refused'; readonly target: Target; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly target: Target; readonly error: unknown }

/** A step that can be carried out. */
export type Doable = Step & { readonly kind: 'worktree' | 'branch' }

export const isDoable = (step: Step): step is Doable => step.kind === 'worktree' || step.kind === 'branch'

/** Whether a directory goes, and not only an entry or a branch. */
export const hasDirectory = (step: Doable): step is Doable & { readonly kind: 'worktree' } =>
  step.kind === 'worktree' && !step.plan.stale

const branchOfTarget = (target: Target): BranchName | undefined =>
  target.kind === 'branch' ? target.branch : target.worktree.branch

/** The verdicts on the branches that may have to go: none has to be asked where nothing has to be proven. */
export const verdictsOn = (
  { repository, refs, defaultBranch }: Look,
  branches: readonly (BranchName | undefined)[],
  { deleteBranch, forceDelete, judge = defaultBranch }: Pick<RemovalOptions, 'deleteBranch' | 'forceDelete' | 'judge'>,
): Promise<Verdicts> => {
  const heads = deleteBranch && !forceDelete ? branches.flatMap((branch) => (branch && refs.tip(branch)) ?? []) : []
  return gatherVerdicts(repository, refs, { defaultBranch: judge, heads })
}

/** What is known of one branch. */
export const branchFacts = (
  { refs, worktrees, defaultBranch }: Look,
  { integrations, judgeOf }: Verdicts,
  branch: BranchName | undefined,
): BranchRemovalFacts => {
  const head = branch === undefined ? undefined : refs.tip(branch)
  return { worktrees, defaultBranch, integrations, judgedBy: head === undefined ? undefined : judgeOf(head) }
}

const branchStep = (
  target: Target & { readonly kind: 'branch' },
  basis: Look['refs'],
  decision: BranchDecision,
): Step => {
  // Work that is nowhere else is kept, and that is no failure.
  if (decision.kind === 'keep' && decision.refusal.code !== 'BRANCH_NOT_INTEGRATED') {
    return { kind: 'refused', target, refusal: decision.refusal }
  }
  const effects = decision.kind === 'delete' ? decision.effects : []
  return { kind: 'branch', target, plan: { kind: 'plan', basis, effects }, decision }
}

const worktreeStep = (
  target: Target & { readonly kind: 'worktree' },
  gathered: Gathered,
  look: Look,
  decision: BranchDecision,
  options: WorktreeRemovalOptions,
): Step => {
  if (gathered.kind === 'failed') return { kind: 'failed', target, error: gathered.error }
  const { defaultBranch, refs } = look
  const plan = planWorktreeRemoval(refs, gathered.facts, { defaultBranch, decision }, options)
  return plan.kind === 'refusal' ? { kind: 'refused', target, refusal: plan } : { kind: 'worktree', target, plan }
}

/** Looks at all targets at once, as they are now, and plans each. Changes nothing. */
export const planSteps = async (
  look: Look,
  targets: readonly Target[],
  options: RemovalOptions,
  { seen, confirm }: { readonly seen: Seen; readonly confirm: boolean },
): Promise<readonly Step[]> => {
  const worktrees = targets.flatMap((target) => (target.kind === 'worktree' ? [target.worktree] : []))
  const [verdicts, gathered] = await Promise.all([
    verdictsOn(look, targets.map(branchOfTarget), options),
    gatherWorktrees(look, worktrees),
  ])
  return targets.map((target) => {
    const branch = branchOfTarget(target)
    const leaving = target.kind === 'worktree' ? target.worktree : undefined
    const facts = branchFacts(look, verdicts, branch)
    const before = branch === undefined ? undefined : seen(branch)
    const decision = decideBranch(look.refs, facts, branch, leaving, { ...options, seen: before })
    if (target.kind === 'branch') return branchStep(target, look.refs, decision)
    const found = gathered[worktrees.indexOf(target.worktree)]
    if (found === undefined) throw new TypeError('a worktree was not looked at')
    return worktreeStep(target, found, look, decision, { ...options, confirm })
  })
}
