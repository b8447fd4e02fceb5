import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { isSamePlace } from '../../git/paths.ts'
import { activeVariables, type HookGround, repositoryVariables } from '../../hooks/ground.ts'
import type { HookVariables } from '../../hooks/variables.ts'
import type { Destination } from './destination.ts'

/** Where a switch has led, and where from. */
export interface Arrival {
  readonly branch: BranchName | undefined
  readonly path: AbsolutePath
  readonly created: boolean
  /** Of a created branch: its base. Of a worktree that was there: the branch that is left. */
  readonly base: string | undefined
  readonly basePath: AbsolutePath | undefined
}

const noRequest = { pr_number: undefined, pr_url: undefined }

/** What `pre-switch` is told: the destination, however it was named. What has no worktree yet is seen from `source`. */
export const departureVariables = (
  ground: HookGround,
  left: Worktree | undefined,
  destination: Destination,
  source: AbsolutePath,
): HookVariables<'pre-switch'> => {
  const there = destination.kind === 'worktree' ? destination.worktree : undefined
  const branch = destination.kind === 'worktree' ? (there?.branch ?? destination.borrowed) : destination.branch
  const head = branch === undefined ? undefined : ground.refs.tip(branch)
  return {
    ...repositoryVariables(ground),
    ...activeVariables(ground, { path: there?.path ?? source, branch, head: there?.head ?? head }),
    base: left?.branch,
    base_worktree_path: left?.path,
    target: branch,
    target_worktree_path: there?.path,
    ...noRequest,
  }
}

/** What the hooks in the destination are told. `ground` is later than the worktree's creation. */
export const arrivalVariables = (
  ground: HookGround,
  { branch, path, base, basePath }: Arrival,
): HookVariables<'pre-start' | 'post-start' | 'post-switch'> => {
  const worktree = ground.snapshot.worktrees.find((each) => isSamePlace(each.path, path))
  const head = worktree?.head ?? (branch === undefined ? undefined : ground.refs.tip(branch))
  return {
    ...repositoryVariables(ground),
    ...activeVariables(ground, { path, branch: worktree?.branch ?? branch, head }),
    base,
    base_worktree_path: basePath,
    target: branch,
    target_worktree_path: path,
    ...noRequest,
  }
}
