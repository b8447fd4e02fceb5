import type { Applied } from '../core/applied.ts'
import { WtError } from '../core/errors.ts'
import type { Effect, Plan } from '../core/plan.ts'
import { diffRefs, type RefSnapshot } from '../core/snapshot.ts'
import { type OperationOutcome, recordOperation } from './journal.ts'
import { type ApplyContext, type EffectReport, perform } from './perform.ts'
import { editTogether } from './ref-edits.ts'
import { captureRefs } from './refs.ts'

export type { ApplyContext } from './perform.ts'

/** What `apply` did, and what the user should know besides. */
export interface ApplyResult extends Applied {
  readonly warnings: readonly string[]
}

/** How far one of several plans got: all that its effects reported, and what stopped it. */
export interface PlanOutcome {
  readonly reports: readonly EffectReport[]
  readonly failure: { readonly error: unknown } | undefined
}

/** What came of several plans, in their order. */
interface AllApplied extends ApplyResult {
  readonly outcomes: readonly PlanOutcome[]
}

const failed = (error: unknown): OperationOutcome => ({
  kind: 'failed',
  code: error instanceof WtError ? error.code : 'BUG',
  message: error instanceof Error ? error.message : String(error),
})

/** One plan on its way: it goes no further once something has stopped it. */
class Course {
  readonly before: readonly Effect[]
  readonly edit: (Effect & { readonly kind: 'edit-refs' }) | undefined
  readonly after: readonly Effect[]
  readonly forgets: readonly (Effect & { readonly kind: 'forget-branch' })[]
  readonly reports: EffectReport[] = []
  failure: { readonly error: unknown } | undefined

  constructor({ effects }: Plan) {
    const at = effects.findIndex(({ kind }) => kind === 'edit-refs')
    const edit = effects[at]
    this.before = (at < 0 ? effects : effects.slice(0, at)).filter(({ kind }) => kind !== 'forget-branch')
    this.forgets = effects.filter((effect) => effect.kind === 'forget-branch')
    this.edit = edit?.kind === 'edit-refs' ? edit : undefined
    this.after = (at < 0 ? [] : effects.slice(at + 1)).filter(({ kind }) => kind !== 'forget-branch')
  }

  async run(context: ApplyContext, effects: readonly Effect[]): Promise<void> {
    try {
      for (const effect of effects) {
        if (this.failure !== undefined) return
        this.reports.push(await perform(context, effect))
      }
    } catch (error) {
      this.failure = { error }
    }
  }
}

/**
 * Carries out several plans of one snapshot, each as far as it goes: one that fails does not stop the others. Their ref
 * edits go into one transaction where they can. Then the refs are looked at again, whatever happened: what changed is
 * measured, never assumed, and is in the journal as one operation.
 */
export const applyAll = async (
  context: ApplyContext,
  basis: RefSnapshot,
  plans: readonly Plan[],
): Promise<AllApplied> => {
  const { reader, repo, commonDir, command } = context
  const at = context.now()
  const courses = plans.map((plan) => new Course(plan))
  for (const course of courses) await course.run(context, course.before)
  await editTogether(context, courses)
  for (const course of courses) await course.run(context, course.after)
  const failure = courses.find((course) => course.failure !== undefined)?.failure
  const after = await captureRefs(reader, repo).catch((error: unknown) => {
    throw failure === undefined ? error : failure.error
  })
  // Only what is really gone is forgotten.
  for (const course of courses) {
    const gone = course.forgets.filter(({ branch }) => after.tip(branch) === undefined)
    await course.run(context, gone)
  }
  const changes = diffRefs(basis, after)
  const outcome: OperationOutcome = failure === undefined ? { kind: 'done' } : failed(failure.error)
  const reports = courses.flatMap((course) => course.reports)
  const removed = reports.flatMap((report) => report.removed ?? [])
  const kept = reports.flatMap((report) => report.kept ?? [])
  const journaled = await recordOperation(commonDir, { at, command, changes, outcome, removed, kept })
  const warnings = journaled.kind === 'unwritten' ? [journaled.warning] : []
  return { before: basis, after, changes, warnings, outcomes: courses }
}

/**
 * Carries a plan out, as `applyAll`. Throws what an effect threw, such as REF_MOVED; the effects after it were not begun.
 */
export const apply = async (context: ApplyContext, plan: Plan): Promise<ApplyResult> => {
  const { outcomes, ...result } = await applyAll(context, plan.basis, [plan])
  const failure = outcomes[0]?.failure
  if (failure !== undefined) throw failure.error
  return result
}
