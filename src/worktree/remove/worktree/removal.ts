import type { AbsolutePath, BranchName, RefName } from '../../../core/ids.ts'
import type { Effect, Plan, RegisteredWorktree } from '../../../core/plan.ts'
import type { RefSnapshot } from '../../../core/snapshot.ts'
import type { Worktree } from '../../../core/worktrees.ts'
import type { BranchDecision } from '../branch-decision.ts'
import {
  type Contents,
  refusalOf,
  type WorktreeFacts,
  type WorktreeRefusal,
  type WorktreeRemovalOptions,
} from './plan.ts'

const registered = ({ id, gitDir, path, branch, head }: Worktree): RegisteredWorktree => {
  if (id === undefined) throw new TypeError('the main worktree is not registered')
  return { id, gitDir, path, branch, head }
}

const stagingOf = (facts: WorktreeFacts, contents: Contents, options: WorktreeRemovalOptions): Effect => ({
  kind: 'stage-worktree',
  worktree: registered(facts.worktree),
  keeps: contents.keeps,
  limit: options.limit,
  whole: contents.staged || facts.worktree.operation !== undefined || facts.submodules.length > 0,
  force: options.force,
  confirm: options.confirm,
  checkedAt: contents.checkedAt,
})

/** Commits that nothing else reaches get a ref of their own, before the worktree goes. */
const backupOf = ({ worktree, unreached }: WorktreeFacts): readonly Effect[] => {
  const { head, path } = worktree
  if (!unreached || head === undefined) return []
  const ref = `refs/wt-backup/${head}` as RefName
  return [{ kind: 'edit-refs', edits: [{ kind: 'create', ref, to: head }], reason: `wt remove: detached at ${path}` }]
}

/** What will be done about a worktree and its branch. */
export interface WorktreePlan {
  readonly kind: 'worktree-plan'
  readonly plan: Plan
  readonly decision: BranchDecision
  /** Where its commits are kept, which nothing else reached. */
  readonly backup: RefName | undefined
  /** Only a registration is cleared: there is no directory. */
  readonly stale: boolean
  readonly path: AbsolutePath
}

/** Plans to remove a worktree, and its branch as `decision` has it. Reads nothing. */
export const planWorktreeRemoval = (
  basis: RefSnapshot,
  facts: WorktreeFacts,
  { defaultBranch, decision }: { readonly defaultBranch: BranchName | undefined; readonly decision: BranchDecision },
  options: WorktreeRemovalOptions,
): WorktreePlan | WorktreeRefusal => {
  const refusal = refusalOf(facts, defaultBranch, options)
  if (refusal !== undefined) return refusal
  const { worktree, contents, holdsWork } = facts
  const backup = backupOf(facts)
  const going: Effect =
    contents === undefined
      ? { kind: 'unregister-worktree', worktree: registered(worktree), whole: holdsWork }
      : stagingOf(facts, contents, options)
  const deletion = decision.kind === 'delete' ? decision.effects : []
  return {
    kind: 'worktree-plan',
    plan: { kind: 'plan', basis, effects: [...backup, going, ...deletion] },
    decision,
    backup: backup.length === 0 ? undefined : (`refs/wt-backup/${worktree.head}` as RefName),
    stale: contents === undefined,
    path: worktree.path,
  }
}
