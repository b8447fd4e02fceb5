import { join } from 'node:path'
import type { Applied, EffectReport } from '../core/applied.ts'
import { WtError } from '../core/errors.ts'
import type { GitValues } from '../core/git-values.ts'
import { type AbsolutePath, branchRef, type ObjectId, type RefName, toObjectId } from '../core/ids.ts'
import type { Effect, Plan } from '../core/plan.ts'
import { diffRefs, type RefChange } from '../core/snapshot.ts'
import { addWorktree } from './add-worktree.ts'
import { editRefs, type WritableRepo } from './edit-refs.ts'
import { checkCancelled } from './foreground.ts'
import { forgetBranch } from './forget-branch.ts'
import { type Journaled, type OperationOutcome, recordOperation } from './journal.ts'
import { readText } from './paths.ts'
import { captureRefs } from './refs.ts'
import { carryChanges } from './working/carry.ts'

/** What `apply` works with. */
export interface ApplyContext extends WritableRepo {
  /** The git directory that all worktrees share; the journal lies in it. */
  readonly commonDir: AbsolutePath
  readonly now: () => Date
  /** The command line, for the journal. */
  readonly command: readonly string[]
  /** git's configuration; whoever adds worktrees needs it. */
  readonly settings?: GitValues
  /** Somebody is watching stderr: git may show its progress there. */
  readonly heard?: boolean
}

/** What `apply` did, and what the user should know besides. */
export interface ApplyResult extends Applied {
  /** What happened beyond refs, in order. */
  readonly reports: readonly EffectReport[]
  readonly warnings: readonly string[]
}

const NOTHING: readonly EffectReport[] = []

const perform = async (context: ApplyContext, effect: Effect): Promise<readonly EffectReport[]> => {
  switch (effect.kind) {
    case 'edit-refs':
      await editRefs(context, effect.edits, effect.reason)
      return NOTHING
    case 'forget-branch':
      await forgetBranch(context, effect.branch)
      return NOTHING
    case 'add-worktree':
      return addWorktree(context, effect)
    case 'carry':
      return [await carryChanges(context, effect)]
  }
}

const failed = (error: unknown): OperationOutcome => ({
  kind: 'failed',
  code: error instanceof WtError ? error.code : 'BUG',
  message: error instanceof Error ? error.message : String(error),
})

/** Where a ref is now: from its file, or from git where it has none of its own. */
const measureRef = async ({ reader, repo, commonDir }: ApplyContext, name: RefName): Promise<ObjectId | undefined> => {
  const loose = toObjectId(readText(join(commonDir, name))?.trim() ?? '')
  return loose ?? (await captureRefs(reader, repo, [name])).resolve(name)
}

/** Carries the effects out in order and stops at the first that fails; the failure comes back as a value. */
const performAll = async (
  context: ApplyContext,
  effects: readonly Effect[],
  reports: EffectReport[],
): Promise<{ readonly error: unknown } | undefined> => {
  try {
    for (const effect of effects) reports.push(...(await perform(context, effect)))
    return undefined
  } catch (error) {
    return { error }
  }
}

const warningsOf = (journaled: Journaled): readonly string[] =>
  journaled.kind === 'unwritten' ? [journaled.warning] : []

const outcomeOf = (failure: { readonly error: unknown } | undefined): OperationOutcome =>
  failure === undefined ? { kind: 'done' } : failed(failure.error)

/**
 * Carries a plan out, then looks at the refs again, whatever happened: what changed is measured, never assumed, and is in
 * the journal even when an effect failed half-way. Throws what that effect threw, such as REF_MOVED.
 */
export const apply = async (context: ApplyContext, plan: Plan): Promise<ApplyResult> => {
  const { reader, repo, commonDir, command } = context
  const at = context.now()
  const reports: EffectReport[] = []
  const failure = await performAll(context, plan.effects, reports)
  const before = plan.basis
  const after = await captureRefs(reader, repo).catch((error: unknown) => {
    throw failure === undefined ? error : failure.error
  })
  const changes = diffRefs(before, after)
  const outcome = outcomeOf(failure)
  const journaled = await recordOperation(commonDir, { at, command, changes, outcome, reports })
  if (failure !== undefined) throw failure.error
  checkCancelled()
  return { before, after, changes, reports, warnings: warningsOf(journaled) }
}

/** What adding worktrees did. There is no snapshot in it: whoever goes on with the refs must take one. */
export type AddingResult = Omit<ApplyResult, 'before' | 'after'>

/**
 * Carries out a plan that adds worktrees and writes no ref but the branch of each. Only these are looked at afterwards, in
 * their files where they have some, so that adding one takes no process that git would not take. Throws what the effect
 * that failed threw.
 */
export const applyAdding = async (context: ApplyContext, plan: Plan): Promise<AddingResult> => {
  const { commonDir, command } = context
  const at = context.now()
  const reports: EffectReport[] = []
  const failure = await performAll(context, plan.effects, reports)
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
  checkCancelled()
  return { changes, reports, warnings: warningsOf(journaled) }
}
