import { join } from 'node:path'
import type { AbsolutePath } from '../../../core/ids.ts'
import { isElsewhere, type Landing, lookOnce, refused } from '../landing.ts'
import type { BranchTarget } from '../target.ts'
import { nestedIn, readWorkState } from '../work-state.ts'
import { type LeavePorts, type Leaving, leave, planLeaving } from './leave.ts'
import { decideFinish, refuseLate } from './plan.ts'

/** What stays, and why; or that it goes. */
export const decide = (landing: Landing, target: BranchTarget, remove: boolean): ReturnType<typeof decideFinish> => {
  const { look, source } = landing
  const [inside] = nestedIn(look, source)
  const nested = inside === undefined ? undefined : (join(source.path, inside) as AbsolutePath)
  return decideFinish({ remove, source, primary: look.primary, target: target.branch, nested })
}

/** Asks once more what a hook may have changed. */
const planAgain = async (landing: Landing, target: BranchTarget): Promise<Leaving | ReturnType<typeof refused>> => {
  const now = await lookOnce(landing)
  const late = refuseLate(now.source, decide(now, target, true), await readWorkState(now))
  return late === undefined ? await planLeaving(now, target) : refused(late)
}

/**
 * Ends a merge that has landed: the worktree and its branch go, or stay for a reason. What was asked before the hooks is
 * asked again after them; a refusal here does not undo the landing.
 */
export const finish = async (
  landing: Landing,
  target: BranchTarget,
  { remove, leaving }: { readonly remove: boolean; readonly leaving: LeavePorts },
): Promise<{ readonly kind: 'done'; readonly removed: boolean } | ReturnType<typeof refused>> => {
  const { ports, source } = landing
  const decision = decide(landing, target, remove)
  if (decision.kind !== 'remove') {
    ports.say({ kind: 'preserved', path: source.path, why: decision })
    ports.hooks.after('post-merge', landing)
    return { kind: 'done', removed: false }
  }
  const early = await planLeaving(landing, target)
  if (early.kind === 'refused') return early
  const ran = await ports.hooks.before('pre-remove', landing)
  const ready = ran ? await planAgain(landing, target) : early
  if (ready.kind === 'refused') return ready
  const result = await leave(leaving, ready, target)
  const failure = result.outcomes.find((outcome) => outcome.kind === 'failed')
  const outcomes = result.outcomes.filter((outcome) => outcome !== failure)
  ports.say({ kind: 'removed', result: { ...result, outcomes } })
  if (result.interrupted !== undefined) throw result.interrupted
  if (outcomes.length === 0) throw failure?.error
  // They are told of the worktree as it was.
  ports.hooks.after('post-remove', ready.landing)
  if (!isElsewhere(landing)) ports.hooks.after('post-switch', ready.landing)
  ports.hooks.after('post-merge', ready.landing)
  if (failure !== undefined) throw failure.error
  return { kind: 'done', removed: true }
}
