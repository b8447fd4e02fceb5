import type { Worktree } from '../../core/worktrees.ts'
import { type Look, lookAgain } from '../look.ts'
import { type Carried, type CarryPorts, carryOut, type Judging } from './carry-out.ts'
import { unmetOutcome } from './outcomes.ts'
import { type Doable, isDoable, planSteps } from './steps.ts'
import type { Target } from './targets.ts'

/** What is called before a worktree is removed: `pre-remove`. What it throws keeps the worktree. */
export type BeforeRemoval = (worktree: Worktree) => Promise<void>

/** What turns are taken with. */
interface TurnPorts extends CarryPorts {
  readonly beforeRemoval?: BeforeRemoval
}

/** The same target as it is now. A worktree that is no longer registered leaves its branch. */
const targetNow = (look: Look, target: Target): Target | undefined => {
  if (target.kind === 'branch') return target
  const { gitDir, branch } = target.worktree
  const worktree = look.worktrees.worktrees.find((each) => each.gitDir === gitDir)
  if (worktree !== undefined) return { kind: 'worktree', worktree }
  return branch === undefined ? undefined : { kind: 'branch', branch }
}

const nothing = (outcomes: Carried['outcomes'] = []): Carried => ({ outcomes, staged: [], warnings: [] })

const hasDirectory = (step: Doable): step is Doable & { readonly kind: 'worktree' } =>
  step.kind === 'worktree' && !step.plan.stale

/** One target by itself: what is about to happen to it is told first, and where that ran anything all is looked at anew. */
const takeTurn = async (ports: TurnPorts, look: Look, step: Doable, judging: Judging): Promise<Carried> => {
  const before = ports.beforeRemoval
  if (before === undefined || !hasDirectory(step)) return carryOut(ports, look, [step], judging)
  try {
    await before(step.target.worktree)
  } catch (error) {
    return nothing([{ kind: 'failed', error }])
  }
  const now = await lookAgain(look)
  const target = targetNow(now, step.target)
  if (target === undefined) return nothing()
  const { options, seen } = judging
  const [again] = await planSteps(now, [target], options, { seen, confirm: false })
  if (again === undefined) return nothing()
  return isDoable(again) ? carryOut(ports, now, [again], judging) : nothing([unmetOutcome(again)])
}

/**
 * Carries out all steps: together where nothing of the user's runs in between, else one after the other, each judged by
 * what is there when its turn has come.
 */
export const carryOutAll = async (
  ports: TurnPorts,
  look: Look,
  steps: readonly Doable[],
  judging: Judging,
): Promise<Carried> => {
  if (ports.beforeRemoval === undefined) return carryOut(ports, look, steps, judging)
  const done: Carried[] = []
  for (const [at, step] of steps.entries()) {
    const latest = at === 0 || hasDirectory(step) ? look : await lookAgain(look)
    done.push(await takeTurn(ports, latest, step, judging))
  }
  return {
    outcomes: done.flatMap(({ outcomes }) => outcomes),
    staged: done.flatMap(({ staged }) => staged),
    warnings: done.flatMap(({ warnings }) => warnings),
  }
}
