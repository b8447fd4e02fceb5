import { WtError } from '../../core/errors.ts'
import { type BranchName, branchRef, type ObjectId, parseObjectId, type RefName } from '../../core/ids.ts'
import { selectBranch, selectTarget } from '../select.ts'
import { type Landing, refused } from './landing.ts'
import { refuse, refuseTarget } from './plan.ts'

/** What work is measured against. */
export interface LandTarget {
  /** As messages call it. */
  readonly name: string
  readonly oid: ObjectId
  /** Undefined for a commit that no branch was named for. */
  readonly branch?: BranchName
  readonly ref?: RefName
}

type Found<Target> = { readonly kind: 'found'; readonly target: Target } | ReturnType<typeof refused>

/** A target that can be moved. */
export type BranchTarget = LandTarget & { readonly branch: BranchName; readonly ref: RefName }

const defaultOf = ({ look }: Landing): BranchName => {
  if (look.defaultBranch !== undefined) return look.defaultBranch
  throw new WtError('NO_DEFAULT_BRANCH', 'it is not known which branch is the default one', {
    hint: 'name the target, or say which: git config wt.default-branch <branch>',
  })
}

const branchTarget = (landing: Landing, branch: BranchName, isDefault: boolean): Found<BranchTarget> => {
  const { refs, worktrees } = landing.look
  const refusal = refuseTarget(branch, refs, worktrees, isDefault)
  const oid = refs.tip(branch)
  if (refusal !== undefined) return refused(refusal)
  if (oid === undefined) throw new TypeError('a target that is not there was let through')
  return { kind: 'found', target: { name: branch, branch, ref: branchRef(branch), oid } }
}

/**
 * The branch that work is to land on: the default one, or what a name, a shortcut or the path of a worktree means where
 * the command was called. Throws what `selectTarget` throws, and NO_DEFAULT_BRANCH.
 */
export const findBranchTarget = (landing: Landing, token: string | undefined): Found<BranchTarget> => {
  if (token === undefined) return branchTarget(landing, defaultOf(landing), true)
  const selected = selectTarget(landing.invoked, token, landing.ports)
  if (selected.kind === 'branch') return branchTarget(landing, selected.branch, false)
  const { branch, path } = selected.worktree
  if (branch !== undefined) return branchTarget(landing, branch, false)
  return refused(refuse('NOT_ON_BRANCH', `no branch is checked out in ${path}`, 'name a branch as the target'))
}

/** The commit that a revision names, tags peeled; undefined if there is none. */
const revision = async ({ look }: Landing, token: string): Promise<ObjectId | undefined> => {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${token}^{commit}`]
  const { code, stdout } = await look.repository.git.read(args, { answers: [0, 1, 128] })
  return code === 0 ? parseObjectId(stdout.toString().trim()) : undefined
}

/** The commit that work is to be measured against: a branch first, then anything else that git takes for a commit. */
export const findCommitTarget = async (landing: Landing, token: string | undefined): Promise<Found<LandTarget>> => {
  if (token === undefined) return branchTarget(landing, defaultOf(landing), true)
  const { refs } = landing.look
  const branch = selectBranch(landing.invoked, token) ?? (token as BranchName)
  if (refs.tip(branch) !== undefined) return branchTarget(landing, branch, false)
  const remote = `refs/remotes/${branch}` as RefName
  const tracked = refs.resolve(remote)
  if (tracked !== undefined) return { kind: 'found', target: { name: branch, oid: tracked, ref: remote } }
  const oid = await revision(landing, branch)
  if (oid !== undefined) return { kind: 'found', target: { name: token, oid } }
  return refused(refuse('NO_SUCH_COMMIT', `${token} names neither a branch nor a commit`, 'check the name'))
}
