import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { activeVariables, type HookGround, repositoryVariables } from '../../hooks/ground.ts'
import type { HookPlace } from '../../hooks/ports.ts'
import type { HookVariables } from '../../hooks/variables.ts'
import type { Look } from '../look.ts'
import type { AfterPoint, HookPoint } from './hooks.ts'
import type { Landing } from './landing.ts'
import { holderOf } from './plan.ts'

/** What has been looked at, as hooks want it. */
export const groundOf = ({ repository, refs, worktrees, defaultBranch }: Look): HookGround => ({
  repository,
  refs,
  snapshot: worktrees,
  defaultBranch,
})

/** The worktree that has the target, else the primary one. */
const destinationOf = ({ look }: Landing, target: string | undefined): Worktree | undefined =>
  (target === undefined ? undefined : holderOf(look.worktrees, target as BranchName)) ?? look.primary

type Own = { readonly target: string | undefined; readonly target_worktree_path: string | undefined }

/** What hooks of one kind are told, and where they run. `target` is the branch that is landed on. */
export const placeFor = <Kind extends HookPoint | AfterPoint>(
  kind: Kind,
  landing: Landing,
  target: string | undefined,
): HookPlace<Kind> => {
  const { look, source } = landing
  const ground = groundOf(look)
  const destination = destinationOf(landing, target)
  const elsewhere: AbsolutePath = destination?.path ?? look.repository.root
  const landed: Own = { target, target_worktree_path: destination?.branch === target ? destination?.path : undefined }
  const left: Own = { target: destination?.branch, target_worktree_path: destination?.path }
  const make = (cwd: AbsolutePath, active: Worktree, own: object): HookPlace<Kind> => ({
    cwd,
    // Every name of the kind is in it: each case below has them.
    variables: { ...repositoryVariables(ground), ...activeVariables(ground, active), ...own } as HookVariables<Kind>,
  })
  switch (kind as HookPoint | AfterPoint) {
    case 'pre-commit':
    case 'post-commit':
      return make(source.path, source, { target })
    case 'pre-merge':
      return make(source.path, source, landed)
    case 'post-merge':
      return make(elsewhere, source, landed)
    case 'pre-remove':
      return make(source.path, source, left)
    case 'post-remove':
      return make(elsewhere, source, left)
    case 'post-switch': {
      const base = { base: source.branch, base_worktree_path: source.path }
      return make(elsewhere, destination ?? source, { ...base, ...left, pr_number: undefined, pr_url: undefined })
    }
  }
}
