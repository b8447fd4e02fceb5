import type { Staged } from '../../core/applied.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import { Interrupted } from '../../core/interrupted.ts'
import type { Plan } from '../../core/plan.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import { type ApplyContext, applyAll, type PlanOutcome } from '../../git/apply.ts'
import { readRegistry } from '../../git/registry.ts'
import { captureWorktrees } from '../../git/worktrees.ts'
import { openWriter } from '../../git/writer.ts'
import type { Look, LookPorts } from '../look.ts'
import { expectedPaths } from '../path-template.ts'
import { outcomeFor } from './outcomes.ts'
import type { RemovalOutcome } from './result.ts'
import { outcomeOf, settleBranches, type Undecided } from './settle-branches.ts'
import type { Doable, RemovalOptions, Seen } from './steps.ts'

/** How branches are judged. */
export interface Judging {
  readonly options: RemovalOptions
  readonly seen: Seen
}

/** What was done, and what it left in the trash. */
export interface Carried {
  readonly outcomes: readonly RemovalOutcome[]
  readonly staged: readonly Staged[]
  readonly warnings: readonly string[]
  /** The refs after it, where they are known. */
  readonly refs: RefSnapshot | undefined
  /** What has cancelled the command meanwhile: the rest was not begun. */
  readonly interrupted: Interrupted | undefined
}

export const CARRIED_NOTHING: Carried = {
  outcomes: [],
  staged: [],
  warnings: [],
  refs: undefined,
  interrupted: undefined,
}

/** What of the process a removal works with. */
export interface CarryPorts extends Pick<LookPorts, 'env' | 'home' | 'now'> {
  /** The command line, for the journal. */
  readonly command: readonly string[]
}

const planOf = (step: Doable): Plan => (step.kind === 'worktree' ? step.plan.plan : step.plan)

export const branchOf = ({ target }: Doable): BranchName | undefined =>
  target.kind === 'worktree' ? target.worktree.branch : target.branch

const contextOf = ({ env, now, command }: CarryPorts, { repository, refs }: Look): ApplyContext => {
  const { git, id: repo, layout, settings } = repository
  const { commonDir } = layout
  const worktreesNow: ApplyContext['worktreesNow'] = () =>
    captureWorktrees(readRegistry(layout, settings), refs, settings, git)
  const writer = openWriter(git.cwd, env)
  return { reader: git, writer, repo, env, commonDir, now: () => new Date(now()), command, worktreesNow }
}

/** A branch stays undecided when all before its turn was done and its deletion then failed. */
const undecidedIn = (step: Doable, { reports, failure }: PlanOutcome): readonly Undecided[] => {
  const branch = branchOf(step)
  const came = step.kind === 'branch' || reports.some(({ kind }) => kind === 'worktree-removed')
  return branch === undefined || failure === undefined || !came ? [] : [{ branch, error: failure.error }]
}

/** Carries out steps between which nothing of the user's runs; one that fails does not stop the others. */
export const carryOut = async (
  ports: CarryPorts,
  look: Look,
  steps: readonly Doable[],
  judging: Judging,
): Promise<Carried> => {
  if (steps.length === 0) return CARRIED_NOTHING
  const context = contextOf(ports, look)
  const applied = await applyAll(context, look.refs, steps.map(planOf))
  const all = steps.map((step, at) => ({ step, done: applied.outcomes[at] as PlanOutcome }))
  const open = all.flatMap(({ step, done }) => undecidedIn(step, done))
  const settled = await settleBranches(context, look, open, judging)
  const staged = applied.outcomes.flatMap(({ reports }) =>
    reports.flatMap((report) => (report.kind === 'worktree-removed' ? (report.staged ?? []) : [])),
  )
  const placeOf = await expectedPaths(look, ports.home)
  const removed: ReadonlySet<AbsolutePath> = new Set(staged.map(({ from }) => from))
  const interrupted = applied.outcomes.flatMap(({ failure }) =>
    failure?.error instanceof Interrupted ? [failure.error] : [],
  )[0]
  return {
    staged,
    warnings: [...applied.warnings, ...settled.warnings],
    refs: open.length === 0 ? applied.after : undefined,
    interrupted,
    outcomes: all.map(({ step, done }) => {
      const branch = branchOf(step)
      const later = branch === undefined ? undefined : settled.outcomes.get(branch)
      const decision = step.kind === 'worktree' ? step.plan.decision : step.decision
      return outcomeFor(look, step, done, later ?? outcomeOf(decision), { removed, placeOf })
    }),
  }
}
