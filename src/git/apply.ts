import { join } from 'node:path'
import type { Applied, EffectReport } from '../core/applied.ts'
import { WtError } from '../core/errors.ts'
import { type AbsolutePath, branchRef, type ObjectId, type RefName, toObjectId } from '../core/ids.ts'
import type { Effect, Plan } from '../core/plan.ts'
import { diffRefs, type RefChange, type RefSnapshot } from '../core/snapshot.ts'
import { beginConfigWork, type ConfigWork } from './config-work.ts'
import { checkCancelled } from './foreground.ts'
import { type Journaled, type OperationOutcome, recordOperation } from './journal.ts'
import { readText } from './paths.ts'
import { type ApplyContext, perform } from './perform.ts'
import { editTogether } from './ref-edits.ts'
import { captureRefs } from './refs.ts'

export type { ApplyContext } from './perform.ts'

/** What `apply` did, and what the user should know besides. */
export interface ApplyResult extends Applied {
  /** What happened beyond refs, in order. */
  readonly reports: readonly EffectReport[]
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

/** Only the index: no ref has moved, and there is nothing for the journal. */
const leavesRefs = ({ effects }: Plan): boolean => effects.length > 0 && effects.every(({ kind }) => kind === 'stage')

const wordsOf = (reports: readonly EffectReport[]): readonly string[] =>
  reports.flatMap((report) => (report.kind === 'warning' ? report.text : []))

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
        this.reports.push(...(await perform(context, effect)))
      }
    } catch (error) {
      this.failure = { error }
    }
  }
}

const warningsOf = (journaled: Journaled): readonly string[] =>
  journaled.kind === 'unwritten' ? [journaled.warning] : []

const outcomeOf = (failure: { readonly error: unknown } | undefined): OperationOutcome =>
  failure === undefined ? { kind: 'done' } : failed(failure.error)

/** Where that can't be put on record, a kill may leave a section in the configuration: no reason to stop. */
const noteForgets = (commonDir: AbsolutePath, courses: readonly Course[]): ConfigWork | undefined => {
  const branches = courses.flatMap(({ forgets }) => forgets.map(({ branch }) => branch))
  try {
    return branches.length === 0 ? undefined : beginConfigWork(commonDir, branches)
  } catch {
    return undefined
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
  const forgetting = noteForgets(commonDir, courses)
  await editTogether(context, courses)
  for (const course of courses) await course.run(context, course.after)
  const failure = courses.find((course) => course.failure !== undefined)?.failure
  if (plans.every(leavesRefs)) {
    return { before: basis, after: basis, changes: [], reports: [], warnings: [], outcomes: courses }
  }
  const after = await captureRefs(reader, repo).catch((error: unknown) => {
    throw failure === undefined ? error : failure.error
  })
  // Only what is really gone is forgotten.
  for (const course of courses) {
    const gone = course.forgets.filter(({ branch }) => after.tip(branch) === undefined)
    await course.run(context, gone)
  }
  forgetting?.end()
  const changes = diffRefs(basis, after)
  const reports = courses.flatMap((course) => course.reports)
  const journaled = await recordOperation(commonDir, { at, command, changes, outcome: outcomeOf(failure), reports })
  const warnings = [...wordsOf(reports), ...warningsOf(journaled)]
  return { before: basis, after, changes, reports, warnings, outcomes: courses }
}

/**
 * Carries a plan out, as `applyAll`. Throws what an effect threw, such as REF_MOVED; the effects after it were not begun.
 */
export const apply = async (context: ApplyContext, plan: Plan): Promise<ApplyResult> => {
  const { outcomes, ...result } = await applyAll(context, plan.basis, [plan])
  const failure = outcomes[0]?.failure
  if (failure !== undefined) throw failure.error
  checkCancelled()
  return result
}

/** What adding worktrees did. There is no snapshot in it: whoever goes on with the refs must take one. */
export type AddingResult = Omit<ApplyResult, 'before' | 'after'>

/** Where a ref is now: from its file, or from git where it has none of its own. */
const measureRef = async ({ reader, repo, commonDir }: ApplyContext, name: RefName): Promise<ObjectId | undefined> => {
  const loose = toObjectId(readText(join(commonDir, name))?.trim() ?? '')
  return loose ?? (await captureRefs(reader, repo, [name])).resolve(name)
}

/**
 * Carries out a plan that adds worktrees and writes no ref but the branch of each. Only these are looked at afterwards, in
 * their files where they have some, so that adding one takes no process that git would not take. Throws what the effect
 * that failed threw. A signal that came when all was done is left to the caller, who tells what was made (`checkCancelled`).
 */
export const applyAdding = async (context: ApplyContext, plan: Plan): Promise<AddingResult> => {
  const { commonDir, command } = context
  const at = context.now()
  const course = new Course(plan)
  await course.run(context, plan.effects)
  const { failure, reports } = course
  const changes: RefChange[] = []
  for (const effect of plan.effects) {
    if (effect.kind !== 'add-worktree') continue
    const name = branchRef(effect.branch)
    const before = plan.basis.resolve(name)
    const after = await measureRef(context, name)
    if (before !== after) changes.push({ name, before, after })
  }
  const journaled = await recordOperation(commonDir, { at, command, changes, outcome: outcomeOf(failure), reports })
  if (failure !== undefined) throw failure.error
  return { changes, reports, warnings: warningsOf(journaled) }
}
