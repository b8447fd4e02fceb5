import type { Applied } from '../core/applied.ts'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { Effect, Plan } from '../core/plan.ts'
import { diffRefs } from '../core/snapshot.ts'
import { editRefs, type WritableRepo } from './edit-refs.ts'
import { forgetBranch } from './forget-branch.ts'
import { type OperationOutcome, recordOperation } from './journal.ts'
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

const perform = (context: ApplyContext, effect: Effect): Promise<void> => {
  switch (effect.kind) {
    case 'edit-refs':
      return editRefs(context, effect.edits, effect.reason)
    case 'forget-branch':
      return forgetBranch(context, effect.branch)
  }
}

const failed = (error: unknown): OperationOutcome => ({
  kind: 'failed',
  code: error instanceof WtError ? error.code : 'BUG',
  message: error instanceof Error ? error.message : String(error),
})

/** Carries the effects out in order and stops at the first that fails; the failure comes back as a value. */
const performAll = async (
  context: ApplyContext,
  effects: readonly Effect[],
): Promise<{ readonly error: unknown } | undefined> => {
  try {
    for (const effect of effects) await perform(context, effect)
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
  const failure = await performAll(context, plan.effects)
  const before = plan.basis
  const after = await captureRefs(reader, repo).catch((error: unknown) => {
    throw failure === undefined ? error : failure.error
  })
  const changes = diffRefs(before, after)
  const outcome: OperationOutcome = failure === undefined ? { kind: 'done' } : failed(failure.error)
  const journaled = await recordOperation(commonDir, { at, command, changes, outcome })
  if (failure !== undefined) throw failure.error
  return { before, after, changes, warnings: journaled.kind === 'unwritten' ? [journaled.warning] : [] }
}
