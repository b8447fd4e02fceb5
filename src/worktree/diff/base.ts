import { WtError } from '../../core/errors.ts'
import type { Relation } from '../../core/facts.ts'
import type { BranchName, ObjectId } from '../../core/ids.ts'
import { commitOf } from '../../git/commit-of.ts'
import type { FactStore } from '../../git/facts/open-store.ts'
import type { Look } from '../look.ts'
import { selectBranch } from '../select.ts'

/** What work is measured against. */
interface DiffTarget {
  readonly name: string
  readonly oid: ObjectId
  readonly upstream: ObjectId | undefined
}

const ofBranch = ({ refs }: Look, branch: BranchName): DiffTarget | undefined => {
  const oid = refs.tip(branch)
  const ref = refs.upstreamOf(branch)
  return oid && { name: branch, oid, upstream: ref === undefined ? undefined : refs.resolve(ref) }
}

/**
 * The branch or commit that an argument names; the default branch without one. Throws NO_SUCH_COMMIT,
 * NO_DEFAULT_BRANCH, DETACHED_HEAD, NO_PREVIOUS.
 */
export const findDiffTarget = async (look: Look, token: string | undefined): Promise<DiffTarget> => {
  const name = selectBranch(look, token ?? '^') ?? (token as BranchName)
  const found = ofBranch(look, name)
  if (found !== undefined) return found
  const oid = token === undefined ? undefined : await commitOf(look.repository.git, name)
  if (oid !== undefined) return { name, oid, upstream: undefined }
  throw new WtError('NO_SUCH_COMMIT', `${name} names no branch and no commit`, {
    hint: 'to see the branches: wt list --branches',
  })
}

const known = (relation: Relation | undefined): Relation => {
  if (relation !== undefined) return relation
  throw new WtError('GIT_FAILED', 'the history could not be read', { hint: 'to see why: git fsck' })
}

/**
 * Where the work at `head` left its target: or the target's upstream, where the work builds on more of that. A local
 * branch that lags behind must not make upstream commits look like work. Throws NO_COMMON_ANCESTOR.
 */
export const findBase = async ({ facts }: FactStore, target: DiffTarget, head: ObjectId): Promise<ObjectId> => {
  const { name, oid, upstream } = target
  const local = { base: oid, head }
  const remote = upstream === undefined || upstream === oid ? undefined : { base: upstream, head }
  const relations = await facts.relations(remote === undefined ? [local] : [local, remote])
  const fork = remote && known(relations.get(remote)).mergeBase
  const lent = fork && { base: oid, head: fork }
  // Not an ancestor of the target: so much of the upstream the target does not have.
  if (lent !== undefined && known((await facts.relations([lent])).get(lent)).ahead > 0) return lent.head
  const { mergeBase } = known(relations.get(local))
  if (mergeBase !== undefined) return mergeBase
  throw new WtError('NO_COMMON_ANCESTOR', `${name} has no commit in common with this worktree`, {
    hint: `to compare the two as they are: git diff ${oid.slice(0, 12)}`,
  })
}
