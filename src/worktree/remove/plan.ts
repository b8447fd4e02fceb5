import type { PairMap } from '../../core/facts.ts'
import { type BranchName, branchRef, type ObjectId, type RefName, shortRefName } from '../../core/ids.ts'
import type { Integration } from '../../core/integration.ts'
import type { Plan, RefEdit, Refusal } from '../../core/plan.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { WorktreeSnapshot } from '../../core/worktrees.ts'

/** Why a branch is not deleted. */
export type BranchRemovalCode = 'NO_SUCH_BRANCH' | 'BRANCH_IS_DEFAULT' | 'BRANCH_CHECKED_OUT' | 'BRANCH_NOT_INTEGRATED'

/** What must be known before a branch may go. */
export interface BranchRemovalFacts {
  readonly worktrees: WorktreeSnapshot
  readonly defaultBranch: BranchName | undefined
  /** The ref that is asked whether it holds the branch's work, and where it was; undefined if there is none. */
  readonly judgedBy: { readonly ref: RefName; readonly oid: ObjectId } | undefined
  /** Looked up by the two commits, so that a verdict on another commit can't be taken for this one's. */
  readonly integrations: PairMap<Integration>
}

export interface BranchRemovalOptions {
  readonly branch: BranchName
  /** Delete the branch even if nothing else holds its work, and even if it is the default branch (`-D`). */
  readonly force: boolean
}

type BranchRefusal = Refusal<BranchRemovalCode>

const refuse = (code: BranchRemovalCode, message: string, hint: string): BranchRefusal => ({
  kind: 'refusal',
  code,
  message,
  hint,
})

/** The proof that the branch's work is elsewhere: the ref that holds it, to be verified when the branch is deleted. */
const proofOf = (
  basis: RefSnapshot,
  { judgedBy, integrations }: BranchRemovalFacts,
  branch: BranchName,
): RefEdit | undefined => {
  const head = basis.tip(branch)
  if (judgedBy === undefined || head === undefined) return undefined
  const { ref, oid } = judgedBy
  // A branch can't vouch for itself, under whatever name.
  const itself = branchRef(branch)
  if (ref === itself || basis.entry(ref)?.symref === itself) return undefined
  if (integrations.get({ base: oid, head })?.kind !== 'integrated') return undefined
  return { kind: 'verify', ref, expected: oid }
}

const notIntegrated = (facts: BranchRemovalFacts, branch: BranchName): BranchRefusal => {
  const { judgedBy } = facts
  const where = judgedBy === undefined ? 'in another branch' : `in ${shortRefName(judgedBy.ref)}`
  const message = `branch ${branch} has work that is not known to be ${where}`
  return refuse('BRANCH_NOT_INTEGRATED', message, 'to delete it all the same, pass -D')
}

/**
 * Plans to delete a branch that no worktree has checked out. The plan holds only while the branch is at the commit that
 * was judged, and while the ref that judged it stands where it stood.
 */
export const planBranchRemoval = (
  basis: RefSnapshot,
  facts: BranchRemovalFacts,
  { branch, force }: BranchRemovalOptions,
): Plan | BranchRefusal => {
  const expected = basis.tip(branch)
  if (expected === undefined) {
    return refuse('NO_SUCH_BRANCH', `no branch is called ${branch}`, 'to see the branches: wt list --branches')
  }
  const holder = facts.worktrees.worktrees.find((worktree) => (worktree.branch ?? worktree.borrowed) === branch)
  if (holder !== undefined) {
    const message = `branch ${branch} is checked out at ${holder.path}`
    return refuse('BRANCH_CHECKED_OUT', message, 'remove that worktree, or switch it to another branch, first')
  }
  if (branch === facts.defaultBranch && !force) {
    return refuse('BRANCH_IS_DEFAULT', `${branch} is the default branch`, 'to delete it all the same, pass -D')
  }
  const proof = force ? undefined : proofOf(basis, facts, branch)
  if (!force && proof === undefined) return notIntegrated(facts, branch)
  const deletion: RefEdit = { kind: 'delete', ref: branchRef(branch), expected }
  const edits = proof === undefined ? [deletion] : [proof, deletion]
  return {
    kind: 'plan',
    basis,
    effects: [
      { kind: 'edit-refs', edits, reason: `wt remove: ${branch}` },
      { kind: 'forget-branch', branch },
    ],
  }
}
