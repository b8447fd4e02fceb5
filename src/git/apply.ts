import type { Applied } from '../core/applied.ts'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { Effect, Plan } from '../core/plan.ts'
import { diffRefs } from '../core/snapshot.ts'
import { editRefs, type WritableRepo } from './edit-refs.ts'
import { forgetBranch } from './forget-branch.ts'
import { type OperationOutcome, recordOperation } from './journal.ts'
import { advance } from './landing/advance.ts'
import { adoptIndex, commitStaged, rebaseOnto, stageChanges } from './landing/worktree-edits.ts'
import { captureRefs } from './refs.ts'

/** What `apply` works with. */
export interface ApplyContext extends WritableRepo {
  /** The git directory that all worktrees share; the journal lies in it. */
  readonly commonDir: AbsolutePath
  readonly now: () => Date
  /** The command line, for the journal. */
  readonly command: readonly string[]
}

/** What `apply` did, and what the user should know besides. */
export interface ApplyResult extends Applied {
  readonly warnings: readonly string[]
}

/** What an effect wants the user to know. */
type Words = readonly string[] | undefined

const perform = async (context: ApplyContext, effect: Effect): Promise<Words> => {
  const { writer } = context
  switch (effect.kind) {
    case 'edit-refs':
      return void (await editRefs(context, effect.edits, effect.reason, effect))
    case 'forget-branch':
      return void (await forgetBranch(context, effect.branch))
    case 'stage':
      return void (await stageChanges(writer, effect.worktree, effect.mode, effect))
    case 'commit':
      return void (await commitStaged(writer, effect.worktree, effect.message))
    case 'adopt-index':
      return void adoptIndex(effect)
    case 'rebase':
      return void (await rebaseOnto(writer, effect.worktree, effect.onto))
    case 'advance':
      return await advance(context, effect)
  }
}

/** Only the index: no ref has moved, and there is nothing for the journal. */
const leavesRefs = ({ effects }: Plan): boolean => effects.length > 0 && effects.every(({ kind }) => kind === 'stage')

const failed = (error: unknown): OperationOutcome => ({
  kind: 'failed',
  code: error instanceof WtError ? error.code : 'BUG',
  message: error instanceof Error ? error.message : String(error),
})

/** Carries the effects out in order and stops at the first that fails; the failure comes back as a value. */
const performAll = async (
  context: ApplyContext,
  effects: readonly Effect[],
  words: string[],
): Promise<{ readonly error: unknown } | undefined> => {
  try {
    for (const effect of effects) words.push(...((await perform(context, effect)) ?? []))
    return undefined
  } catch (error) {
    return { error }
  }
}

/**
 * Carries a plan out, then looks at the refs again, whatever happened: what changed is measured, never assumed, and is in
 * the journal even when an effect failed half-way. Throws what that effect threw, such as REF_MOVED.
 */
export const apply = async (context: ApplyContext, plan: Plan): Promise<ApplyResult> => {
  const { reader, repo, commonDir, command } = context
  const at = context.now()
  const before = plan.basis
  const warnings: string[] = []
  const failure = await performAll(context, plan.effects, warnings)
  if (leavesRefs(plan)) {
    if (failure !== undefined) throw failure.error
    return { before, after: before, changes: [], warnings }
  }
  const after = await captureRefs(reader, repo).catch((error: unknown) => {
    throw failure === undefined ? error : failure.error
  })
  const changes = diffRefs(before, after)
  const outcome: OperationOutcome = failure === undefined ? { kind: 'done' } : failed(failure.error)
  const journaled = await recordOperation(commonDir, { at, command, changes, outcome })
  if (failure !== undefined) throw failure.error
  if (journaled.kind === 'unwritten') warnings.push(journaled.warning)
  return { before, after, changes, warnings }
}
