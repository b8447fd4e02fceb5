import { WtError } from '../../core/errors.ts'
import type { BranchName, ObjectId } from '../../core/ids.ts'
import { commitOf } from '../../git/commit-of.ts'
import type { FactStore } from '../../git/facts/open-store.ts'
import { refuseTarget } from '../land/plan.ts'
import { spanOf } from '../land/span.ts'
import type { LandTarget } from '../land/target.ts'
import type { Look } from '../look.ts'
import { selectBranch } from '../select.ts'

type DiffTarget = Omit<LandTarget, 'ref'>

const ofBranch = ({ refs }: Look, branch: BranchName): DiffTarget | undefined => {
  const oid = refs.tip(branch)
  return oid && { name: branch, oid, branch }
}

/**
 * The branch or commit that an argument names; the default branch without one. Throws NO_SUCH_COMMIT,
 * NO_DEFAULT_BRANCH, DETACHED_HEAD, NO_PREVIOUS.
 */
export const findDiffTarget = async (look: Look, token: string | undefined): Promise<DiffTarget> => {
  const name = selectBranch(look, token ?? '^') ?? (token as BranchName)
  const found = ofBranch(look, name)
  if (found !== undefined) return found
  const unusable = token === undefined ? refuseTarget(name, look.refs, look.worktrees, true) : undefined
  if (unusable !== undefined) {
    throw new WtError('NO_SUCH_COMMIT', unusable.message, { hint: unusable.hint ?? 'name a target' })
  }
  const oid = await commitOf(look.repository.git, name)
  if (oid !== undefined) return { name, oid }
  throw new WtError('NO_SUCH_COMMIT', `${name} names no branch and no commit`, {
    hint: 'to see the branches: wt list --branches',
  })
}

/** Where the work at `head` left its target, by the rule of landings. Throws NO_COMMON_ANCESTOR and GIT_FAILED. */
export const findBase = async (
  store: FactStore,
  { refs }: Look,
  target: DiffTarget,
  head: ObjectId,
): Promise<ObjectId> => {
  const { mergeBase } = (await spanOf(store, refs, target, head)).relation
  if (mergeBase !== undefined) return mergeBase
  const { name, oid } = target
  throw new WtError('NO_COMMON_ANCESTOR', `${name} has no commit in common with this worktree`, {
    hint: `to compare the two as they are: git diff ${oid.slice(0, 12)}`,
  })
}
