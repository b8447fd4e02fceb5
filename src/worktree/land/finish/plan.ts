import type { AbsolutePath, BranchName } from '../../../core/ids.ts'
import type { Worktree } from '../../../core/worktrees.ts'
import { type LandRefusal, named, refuse, type WorkState } from '../plan.ts'
import type { PreserveReason } from '../result.ts'

export interface FinishFacts {
  readonly remove: boolean
  readonly source: Worktree
  readonly primary: Worktree | undefined
  readonly target: BranchName
  /** Another registered worktree that lies inside. */
  readonly nested: AbsolutePath | undefined
}

/** Whether the worktree goes, now that its branch has landed, or why it stays. */
export const decideFinish = (facts: FinishFacts): { readonly kind: 'remove' } | PreserveReason => {
  const { remove, source, primary, target, nested } = facts
  if (!remove) return { kind: 'asked' }
  if (source.branch === target) return { kind: 'on-target' }
  if (source.id === undefined || source.gitDir === primary?.gitDir) return { kind: 'primary' }
  if (source.locked !== undefined) return { kind: 'locked', reason: source.locked.reason }
  return nested === undefined ? { kind: 'remove' } : { kind: 'nested', path: nested }
}

/** What has landed is taken away only where nothing is left in it, and never the default branch. */
export const refuseCleanUp = (
  { branch, path }: Worktree,
  defaultBranch: BranchName | undefined,
  { staged, unstaged, untracked }: WorkState,
): LandRefusal | undefined => {
  if (branch !== undefined && branch === defaultBranch) {
    return refuse('BRANCH_IS_DEFAULT', `the work has landed; ${branch} is the default branch, so ${path} stays`)
  }
  const paths = [...new Set([...staged, ...unstaged, ...untracked])]
  if (paths.length === 0) return undefined
  const message = `the work has landed; ${path} stays, as not everything in it is committed: ${named(paths)}`
  return refuse('WORKTREE_KEPT', message, `when nothing in it is needed: wt remove --force ${branch ?? path}`)
}

/** The same, asked again after hooks, which may have locked the worktree or put another one into it. */
export const refuseLate = (
  source: Worktree,
  decision: ReturnType<typeof decideFinish>,
  state: WorkState,
): LandRefusal | undefined => {
  if (decision.kind === 'remove') return refuseCleanUp(source, undefined, state)
  const why = decision.kind === 'nested' ? `${decision.path} lies in it` : `it is ${decision.kind}`
  return refuse('WORKTREE_KEPT', `the work has landed; ${source.path} stays, as ${why} now`)
}
