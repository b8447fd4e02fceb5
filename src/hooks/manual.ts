import { WtError } from '../core/errors.ts'
import type { HookKind } from '../core/hooks.ts'
import { shellWord } from '../core/shell-word.ts'
import type { Worktree } from '../core/worktrees.ts'
import { activeVariables, type GroundHere, type HookGround, repositoryVariables } from './ground.ts'
import type { HookPlace } from './ports.ts'
import type { GivenVariables, HookVariables } from './variables.ts'

/**
 * The worktree that hooks run in by hand: outside of every worktree, that of the branch that HEAD names. Throws
 * NOT_A_REPOSITORY where there is none, NO_WORKTREE_OF_BRANCH where the branch has none.
 */
export const worktreeHere = ({ current, branch, snapshot }: GroundHere): Worktree => {
  const named = snapshot.worktrees.find((each) => branch !== undefined && each.branch === branch && !each.prunable)
  const here = current ?? named
  if (here !== undefined) return here
  if (branch !== undefined)
    throw new WtError('NO_WORKTREE_OF_BRANCH', `hooks run in a worktree, and branch ${branch} has none`, {
      hint: `to make one: wt switch ${shellWord(branch)}`,
    })
  throw new WtError('NOT_A_REPOSITORY', 'hooks run in a worktree, and this is none', {
    hint: 'go to a worktree, or name one with wt -C <path>',
  })
}

/** What hooks are told that somebody runs by hand: everything is about the worktree at hand. */
export const manualPlace = <Kind extends HookKind>(
  kind: Kind,
  ground: HookGround,
  here: Worktree,
  given?: GivenVariables,
): HookPlace<Kind> => {
  const shared = { ...repositoryVariables(ground), ...activeVariables(ground, here) }
  const landing = { target: here.branch, target_worktree_path: here.branch === undefined ? undefined : here.path }
  const leaving = { base: landing.target, base_worktree_path: landing.target_worktree_path }
  const own = /-(?:switch|start)$/.test(kind)
    ? { ...landing, ...leaving, pr_number: undefined, pr_url: undefined }
    : kind.endsWith('-commit')
      ? { target: ground.defaultBranch }
      : landing
  const variables = { ...shared, ...own } as HookVariables<Kind>
  return { cwd: here.path, variables, ...(given && { given }) }
}
