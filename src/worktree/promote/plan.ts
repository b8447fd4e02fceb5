import type { BranchName } from '../../core/ids.ts'
import { type Refusal, refusal } from '../../core/plan.ts'
import type { Worktree } from '../../core/worktrees.ts'

/** Why two worktrees do not change their branches. */
export type PromoteRefusalCode =
  | 'CHECKED_OUT_TWICE'
  | 'MAIN_IS_DETACHED'
  | 'NOT_CLEAN'
  | 'NO_MAIN_WORKTREE'
  | 'STAGING_LEFT_BEHIND'

export interface PromoteFacts {
  /** The repository's own worktree; undefined in a bare repository. */
  readonly main: Worktree | undefined
  /** The linked worktree of the branch that is wanted. */
  readonly target: Worktree & { readonly branch: BranchName }
  readonly worktrees: readonly Worktree[]
  /** Paths of the two that `git status` lists, by worktree. */
  readonly changes: ReadonlyMap<Worktree, number>
}

export interface Promotion {
  readonly kind: 'promotion'
  readonly main: Worktree & { readonly branch: BranchName }
  readonly target: Worktree & { readonly branch: BranchName }
}

type Refused = Refusal<PromoteRefusalCode>

const refuse = refusal<PromoteRefusalCode>

const onBranch = (worktree: Worktree): worktree is Worktree & { readonly branch: BranchName } =>
  worktree.branch !== undefined

const holdersOf = (worktrees: readonly Worktree[], branch: BranchName): readonly Worktree[] =>
  worktrees.filter((worktree) => (worktree.branch ?? worktree.borrowed) === branch && worktree.prunable === undefined)

/** What an earlier run has left behind has to be dealt with first: by then branches may be checked out nowhere. */
export const refuseLeftover = ({ place, note }: { readonly place: string; readonly note: string }): Refused =>
  refuse('STAGING_LEFT_BEHIND', `an earlier run has left files in ${place}`, note)

/** Whether the main worktree and another one may change their branches: nothing is forced. */
export const planPromotion = ({ main, target, worktrees, changes }: PromoteFacts): Promotion | Refused => {
  if (main === undefined) {
    return refuse(
      'NO_MAIN_WORKTREE',
      'a bare repository has no main worktree',
      'use the worktree of the branch as it is',
    )
  }
  if (!onBranch(main)) {
    return refuse('MAIN_IS_DETACHED', `no branch is checked out at ${main.path}`, 'switch it to a branch first')
  }
  for (const branch of [main.branch, target.branch]) {
    const holders = holdersOf(worktrees, branch)
    if (holders.length < 2) continue
    const places = holders.map(({ path }) => path).join(', ')
    return refuse(
      'CHECKED_OUT_TWICE',
      `branch ${branch} is checked out in several worktrees: ${places}`,
      'leave one of them',
    )
  }
  for (const worktree of [main, target]) {
    if (changes.get(worktree) === 0 && worktree.operation === undefined) continue
    return refuse(
      'NOT_CLEAN',
      `there are uncommitted changes, or something unfinished, at ${worktree.path}`,
      'commit them, or stash them, first',
    )
  }
  return { kind: 'promotion', main, target }
}
