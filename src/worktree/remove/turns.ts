import { WtError } from '../../core/errors.ts'
import type { BranchName } from '../../core/ids.ts'
import { Interrupted } from '../../core/interrupted.ts'
import { shellWord } from '../../core/shell-word.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { type Look, lookAgain } from '../look.ts'
import { branchOf, CARRIED_NOTHING, type Carried, type CarryPorts, carryOut, type Judging } from './carry-out.ts'
import { asForeseen, unmetOutcome } from './outcomes.ts'
import type { RemovalOutcome } from './result.ts'
import { type Doable, hasDirectory, isDoable, planSteps } from './steps.ts'
import { type Target, worktreeTarget } from './targets.ts'

/** How the turn of a worktree is taken. */
interface Turn {
  /** The repository as it is when its turn has come. */
  readonly look: Look
  /** Others have their turns at the same time, so that nobody has the terminal. */
  readonly beside: boolean
}

/**
 * What is called before a worktree is removed: `pre-remove`. What it throws keeps the worktree; Interrupted keeps all
 * that have not been removed yet.
 */
export type BeforeRemoval = (worktree: Worktree, turn: Turn) => Promise<void>

/** What turns are taken with. */
interface TurnPorts extends CarryPorts {
  readonly beforeRemoval?: BeforeRemoval
}

/** Which turns there are. */
interface Order {
  /** Many turns at a time, but for `alone`. */
  readonly together: boolean
  readonly alone: Doable | undefined
  /** What has not begun when one fails is left. */
  readonly stopAtFailure: boolean
}

/** How many programs of the user's run side by side. */
const LANES = 8

/** The same target as it is now. A worktree that is no longer registered leaves its branch. */
const targetNow = (look: Look, target: Target): Target | undefined => {
  if (target.kind === 'branch') return target
  const { gitDir, branch } = target.worktree
  const worktree = look.worktrees.worktrees.find((each) => each.gitDir === gitDir)
  if (worktree !== undefined) return worktreeTarget(worktree)
  return branch === undefined ? undefined : { kind: 'branch', branch }
}

/** The branches that were to be deleted. */
const deletionsIn = (steps: readonly Doable[]): ReadonlySet<BranchName> =>
  new Set(
    steps.flatMap((step) => {
      const { decision } = step.kind === 'worktree' ? step.plan : step
      return decision.kind === 'delete' ? (branchOf(step) ?? []) : []
    }),
  )

const nothing = (outcomes: readonly RemovalOutcome[]): Carried => ({ ...CARRIED_NOTHING, outcomes })

/** Calls it, and tells what stopped the removal by that. */
const stopped = async (
  before: BeforeRemoval,
  { target: { worktree } }: Doable & { readonly kind: 'worktree' },
  turn: Turn,
): Promise<Carried | undefined> => {
  const { gitDir } = worktree
  const now = turn.look.worktrees.worktrees.find((each) => each.gitDir === gitDir) ?? worktree
  try {
    await before(now, turn)
    return undefined
  } catch (error) {
    if (error instanceof Interrupted) return { ...CARRIED_NOTHING, interrupted: error }
    return nothing([{ kind: 'failed', error }])
  }
}

/** A worktree that was not there and has come back: nobody has asked for its directory to go. */
const backAgain = ({ worktrees }: Look, step: Doable): readonly RemovalOutcome[] => {
  if (step.kind !== 'worktree' || !step.plan.stale) return []
  const { gitDir, path } = step.target.worktree
  const now = worktrees.worktrees.find((each) => each.gitDir === gitDir)
  if (now === undefined || now.prunable !== undefined) return []
  const hint = `to remove it: wt remove ${shellWord(path)}`
  return [{ kind: 'failed', error: new WtError('RACE_LOST', `the worktree at ${path} is there again`, { hint }) }]
}

/** Plans the same targets anew, as they are now, and carries that out. */
const carryOutAnew = async (
  ports: TurnPorts,
  now: Look,
  steps: readonly Doable[],
  judging: Judging,
): Promise<Carried> => {
  const back = steps.flatMap((step) => backAgain(now, step))
  const targets = steps.flatMap((step) => (backAgain(now, step).length > 0 ? [] : (targetNow(now, step.target) ?? [])))
  const { options, seen } = judging
  const again = await planSteps(now, targets, options, { seen, confirm: targets.length > 1 })
  const carried = await carryOut(ports, now, again.filter(isDoable), judging)
  const unmet = again.flatMap((step) => (isDoable(step) ? [] : [unmetOutcome(step)]))
  const foreseen = deletionsIn(steps)
  return { ...carried, outcomes: [...back, ...unmet, ...carried.outcomes.map((each) => asForeseen(each, foreseen))] }
}

const joined = (parts: readonly Carried[]): Carried => ({
  outcomes: parts.flatMap(({ outcomes }) => outcomes),
  staged: parts.flatMap(({ staged }) => staged),
  warnings: parts.flatMap(({ warnings }) => warnings),
  refs: parts.at(-1)?.refs,
  interrupted: parts.find(({ interrupted }) => interrupted !== undefined)?.interrupted,
})

/** Whether nothing more is begun after this. */
const endsQueue = ({ outcomes, interrupted }: Carried, { stopAtFailure }: Order): boolean =>
  interrupted !== undefined || (stopAtFailure && outcomes.some(({ kind }) => kind === 'failed'))

/** All at once: it is called for each, side by side, then all are looked at anew and removed together. */
const takeTogether = async (
  ports: TurnPorts,
  before: BeforeRemoval,
  look: Look,
  steps: readonly Doable[],
  judging: Judging,
  order: Order,
): Promise<Carried> => {
  const open = steps.filter(hasDirectory)
  const held = new Map<Doable, Carried>()
  const passed = new Set<Doable>()
  const lane = async (): Promise<void> => {
    for (let step = open.shift(); step !== undefined; step = open.shift()) {
      const stop = await stopped(before, step, { look, beside: true })
      stop === undefined ? passed.add(step) : held.set(step, stop)
      if (stop !== undefined && endsQueue(stop, order)) open.length = 0
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  const kept = joined([...held.values()])
  if (kept.interrupted !== undefined) return kept
  const ended = endsQueue(kept, order)
  const going = steps.filter((step) => (ended ? passed.has(step) : !held.has(step)))
  return joined([kept, await carryOutAnew(ports, await lookAgain(look), going, judging)])
}

/**
 * Carries out all steps: together where nothing of the user's runs in between, else one after the other, each judged by
 * what is there when its turn has come. With `together` only those of `alone` have turns of their own.
 */
export const carryOutAll = async (
  ports: TurnPorts,
  look: Look,
  steps: readonly Doable[],
  judging: Judging,
  order: Order,
): Promise<Carried> => {
  const { together, alone } = order
  const before = ports.beforeRemoval
  if (before === undefined || !steps.some(hasDirectory)) return carryOut(ports, look, steps, judging)
  const group = together ? steps.filter((step) => step !== alone) : []
  const done = group.length === 0 ? [] : [await takeTogether(ports, before, look, group, judging, order)]
  for (const step of steps.filter((each) => !group.includes(each))) {
    const last = done.at(-1)
    if (last !== undefined && endsQueue(last, order)) break
    const now = last === undefined ? look : await lookAgain(look, last.refs)
    if (!hasDirectory(step)) {
      done.push(await carryOutAnew(ports, now, [step], judging))
      continue
    }
    const stop = await stopped(before, step, { look: now, beside: false })
    done.push(stop ?? (await carryOutAnew(ports, await lookAgain(now), [step], judging)))
  }
  return joined(done)
}
