import { isBranchName } from '../../core/branch-name.ts'
import { type BranchName, type RefName, splitRemoteRef } from '../../core/ids.ts'
import { remotesIn } from '../../core/remotes.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { Look } from '../look.ts'
import { type Selected, type SelectPlace, selectTarget } from '../select.ts'

/** Where a switch leads: into a worktree that is registered, or to a branch that has none. */
export type Destination =
  | {
      readonly kind: 'worktree'
      readonly worktree: Worktree
      /** Further checkouts of the same branch. */
      readonly others: readonly Worktree[]
      /** The branch that a rebase or a bisection in it has borrowed, where that is how it was found. */
      readonly borrowed?: BranchName
    }
  | { readonly kind: 'branch'; readonly branch: BranchName }

const withoutSlashes = (token: string): string => token.replace(/(?<=[^/])\/+$/, '')

/** `origin/topic` means `topic`, unless something here has that very name. */
const withoutRemote = ({ refs, repository }: Look, branch: BranchName): BranchName | undefined => {
  const ref = `refs/remotes/${branch}` as RefName
  if (refs.tip(branch) !== undefined || refs.resolve(ref) === undefined) return undefined
  const name = splitRemoteRef(ref, remotesIn(repository.settings))?.branch
  return name !== undefined && name !== 'HEAD' && isBranchName(name) ? (name as BranchName) : undefined
}

const ofBranch = ({ worktrees }: Look, branch: BranchName): Destination => {
  const [worktree, ...others] = worktrees.worktrees.filter((each) => each.branch === branch)
  if (worktree !== undefined) return { kind: 'worktree', worktree, others }
  const lent = worktrees.worktrees.find(({ borrowed }) => borrowed === branch)
  return lent === undefined
    ? { kind: 'branch', branch }
    : { kind: 'worktree', worktree: lent, others: [], borrowed: branch }
}

/** With `--create` an argument is a branch's name and nothing else. */
export const destinationOfNew = (token: string): Destination => ({
  kind: 'branch',
  branch: withoutSlashes(token) as BranchName,
})

/**
 * Finds where an argument leads. Pure in the refs and worktrees of the look, so it can be asked again after a hook. Throws
 * what `selectTarget` throws.
 */
export const findDestination = (look: Look, token: string, place: SelectPlace): Destination => {
  const selected: Selected = selectTarget(look, token, place)
  if (selected.kind === 'worktree') return selected
  const { branch, rewritten } = selected
  return ofBranch(look, (rewritten ? undefined : withoutRemote(look, branch)) ?? branch)
}
