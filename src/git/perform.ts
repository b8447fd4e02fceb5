import type { EffectReport } from '../core/applied.ts'
import { WtError } from '../core/errors.ts'
import type { GitValues } from '../core/git-values.ts'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import type { Effect } from '../core/plan.ts'
import type { WorktreeSnapshot } from '../core/worktrees.ts'
import { addWorktree } from './add-worktree.ts'
import { dropConfigSection } from './config-file.ts'
import { editRefs, type WritableRepo } from './edit-refs.ts'
import type { Environment } from './environment.ts'
import { advance } from './landing/advance.ts'
import { adoptIndex, commitStaged, rebaseOnto, stageChanges } from './landing/worktree-edits.ts'
import { readContents } from './status.ts'
import { keepsOf } from './trash/contents.ts'
import { stageWorktree, type TrashContext, unregisterWorktree } from './trash/stage.ts'
import { carryChanges } from './working/carry.ts'

/** What `apply` works with. */
export interface ApplyContext extends WritableRepo, TrashContext {
  /** The git directory that all worktrees share; the journal lies in it. */
  readonly commonDir: AbsolutePath
  readonly env: Environment
  /** Reads which worktrees there are at that moment; for effects that lean on it. */
  readonly worktreesNow?: () => Promise<WorktreeSnapshot>
  /** git's configuration; whoever adds worktrees needs it. */
  readonly settings?: GitValues
  /** Somebody is watching stderr: git may show its progress there. */
  readonly heard?: boolean
}

type StageEffect = Effect & { readonly kind: 'stage-worktree' }

/** What stands in a worktree now, where that may have changed since the removal was planned. */
const confirmed = async ({ reader }: ApplyContext, effect: StageEffect): Promise<StageEffect> => {
  if (!effect.confirm) return effect
  const { path } = effect.worktree
  const checkedAt = Date.now()
  const [asked] = readContents(reader, [path])
  const contents = await (asked as NonNullable<typeof asked>)
  if (contents.entries.length > 0 && !effect.force) {
    throw new WtError('WORKTREE_DIRTY', `${path} has changes that were not there before`, {
      hint: 'nothing of it was removed; commit them, or pass --force',
      cause: contents.entries.map((entry) => `${entry.xy} ${entry.path}`).join('\n'),
    })
  }
  return { ...effect, keeps: keepsOf(contents), checkedAt }
}

/**
 * Throws BRANCH_CHECKED_OUT when a worktree has one of the branches by now. One whose directory is gone does not count.
 */
export const requireUnused = async ({ worktreesNow }: ApplyContext, branches: readonly BranchName[]): Promise<void> => {
  if (branches.length === 0 || worktreesNow === undefined) return
  const { worktrees } = await worktreesNow()
  for (const branch of branches) {
    const holder = worktrees.find((each) => each.prunable === undefined && (each.branch ?? each.borrowed) === branch)
    if (holder === undefined) continue
    throw new WtError('BRANCH_CHECKED_OUT', `branch ${branch} has been checked out at ${holder.path} meanwhile`, {
      hint: 'it was left alone',
    })
  }
}

const NOTHING: readonly EffectReport[] = []

/** Carries out one effect. Throws what stopped it. */
export const perform = async (context: ApplyContext, effect: Effect): Promise<readonly EffectReport[]> => {
  switch (effect.kind) {
    case 'edit-refs':
      await requireUnused(context, effect.unused === undefined ? [] : [effect.unused])
      await editRefs(context, effect.edits, effect.reason, effect)
      return NOTHING
    case 'forget-branch':
      await dropConfigSection(context, 'branch', effect.branch)
      return NOTHING
    case 'stage':
      await stageChanges(context.writer, effect.worktree, effect.mode, effect)
      return NOTHING
    case 'commit':
      await commitStaged(context.writer, effect.worktree, effect.message)
      return NOTHING
    case 'adopt-index':
      adoptIndex(effect)
      return NOTHING
    case 'rebase':
      await rebaseOnto(context.writer, effect.worktree, effect.onto)
      return NOTHING
    case 'advance':
      return ((await advance(context, effect)) ?? []).map((text) => ({ kind: 'warning', text }))
    case 'add-worktree':
      return addWorktree(context, effect)
    case 'carry':
      return [await carryChanges(context, effect)]
    case 'stage-worktree': {
      const staged = await stageWorktree(context, await confirmed(context, effect))
      return [{ kind: 'worktree-removed', path: effect.worktree.path, kept: staged.kept, staged }]
    }
    case 'unregister-worktree': {
      const kept = await unregisterWorktree(context, effect)
      return [{ kind: 'worktree-removed', path: effect.worktree.path, kept }]
    }
  }
}
