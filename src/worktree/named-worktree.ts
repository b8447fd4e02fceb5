import { WtError } from '../core/errors.ts'
import type { BranchName } from '../core/ids.ts'
import type { Worktree } from '../core/worktrees.ts'
import type { Look } from './look.ts'
import { type SelectPlace, selectTarget, worktreeAtHand } from './select.ts'

/** A branch was named, and a worktree of it is wanted. */
const withoutWorktree = (branch: BranchName): WtError =>
  new WtError('NO_WORKTREE_OF_BRANCH', `branch ${branch} has no worktree`, { hint: 'to see the worktrees: wt list' })

/** The worktree, unless its directory is gone or it can't be told what is in it: WORKTREE_UNUSABLE then. */
export const usable = (worktree: Worktree): Worktree => {
  const why = worktree.prunable?.reason ?? worktree.broken
  if (why === undefined) return worktree
  throw new WtError('WORKTREE_UNUSABLE', `the worktree at ${worktree.path} can’t be used: ${why}`, {
    hint: 'to see what would mend it: wt list',
  })
}

/**
 * The worktree that an argument names. Throws NO_WORKTREE_OF_BRANCH, WORKTREE_UNUSABLE, and what `selectTarget`
 * throws.
 */
export const namedWorktree = (look: Look, token: string, place: SelectPlace): Worktree => {
  const selected = selectTarget(look, token, place)
  if (selected.kind === 'branch') throw withoutWorktree(selected.branch)
  return usable(selected.worktree)
}

/** The worktree that the command is about without a name. Throws NO_WORKTREE_AT_PATH where there is none. */
export const worktreeHere = (look: Look): Worktree => {
  const there = worktreeAtHand(look)
  if (there !== undefined) return usable(there)
  const place = look.repository.layout.gitDir
  throw new WtError('NO_WORKTREE_AT_PATH', `this is no worktree: ${place}`, { hint: 'go to one, or name one' })
}
