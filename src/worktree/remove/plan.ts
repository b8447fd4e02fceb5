import type { PairMap } from '../../core/facts.ts'
import {
  type BranchName,
  branchRef,
  type ObjectId,
  type RefName,
  shortRefName,
  splitRemoteRef,
} from '../../core/ids.ts'
import type { Integration, IntegrationReason } from '../../core/integration.ts'
import { type Effect, type Plan, type RefEdit, type Refusal, refusal } from '../../core/plan.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { Worktree, WorktreeSnapshot } from '../../core/worktrees.ts'

/** Why a branch is not deleted. */
export type BranchRemovalCode =
  | 'NO_SUCH_BRANCH'
  | 'BRANCH_ONLY_ON_REMOTE'
  | 'BRANCH_IS_DEFAULT'
  | 'BRANCH_CHECKED_OUT'
  | 'BRANCH_NOT_INTEGRATED'

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
  /** The worktree that goes first, and so does not hold the branch. */
  readonly leaving?: Worktree
}

/** Where the work of a branch is: the ref that holds it, and why that counts. */
export interface Proof {
  readonly ref: RefName
  readonly reason: IntegrationReason
}

type BranchRefusal = Refusal<BranchRemovalCode>

const refuse = refusal<BranchRemovalCode>

/** Where the work of a branch is, as far as that proves anything. */
export const proofFor = (
  basis: RefSnapshot,
  { judgedBy, integrations }: BranchRemovalFacts,
  branch: BranchName,
): Proof | undefined => {
  const head = basis.tip(branch)
  if (judgedBy === undefined || head === undefined) return undefined
  const { ref, oid } = judgedBy
  // A branch can't vouch for itself, under whatever name.
  const itself = branchRef(branch)
  if (ref === itself || basis.entry(ref)?.symref === itself) return undefined
  const verdict = integrations.get({ base: oid, head })
  return verdict?.kind === 'integrated' ? { ref, reason: verdict.reason } : undefined
}

/** The proof as git checks it again: the ref that holds the work is still where it was. */
const premiseOf = (facts: BranchRemovalFacts, proof: Proof | undefined): readonly RefEdit[] =>
  proof === undefined || facts.judgedBy === undefined
    ? []
    : [{ kind: 'verify', ref: proof.ref, expected: facts.judgedBy.oid }]

const notIntegrated = (facts: BranchRemovalFacts, branch: BranchName): BranchRefusal => {
  const { judgedBy } = facts
  const where = judgedBy === undefined ? 'in another branch' : `in ${shortRefName(judgedBy.ref)}`
  const message = `branch ${branch} has work that is not known to be ${where}`
  return refuse('BRANCH_NOT_INTEGRATED', message, 'to delete it all the same, pass -D')
}

const missing = (basis: RefSnapshot, branch: BranchName): BranchRefusal => {
  const remote = [...basis.entries()].find(({ name }) => splitRemoteRef(name, [])?.branch === branch)
  return remote === undefined
    ? refuse('NO_SUCH_BRANCH', `no branch is called ${branch}`, 'to see the branches: wt list --branches')
    : refuse(
        'BRANCH_ONLY_ON_REMOTE',
        `there is no local branch ${branch}, only ${shortRefName(remote.name)}`,
        'wt never deletes branches on a remote',
      )
}

/** Whether a worktree has the branch checked out. One whose directory is gone does not, unless it is locked. */
export const holds = (worktree: Worktree, branch: BranchName): boolean =>
  worktree.prunable === undefined && (worktree.branch ?? worktree.borrowed) === branch

/** What deletes a branch: its premises, the deletion, and then its configuration. */
const deletionOf = (branch: BranchName, expected: ObjectId, premise: readonly RefEdit[]): readonly Effect[] => [
  {
    kind: 'edit-refs',
    edits: [...premise, { kind: 'delete', ref: branchRef(branch), expected }],
    reason: `wt remove: ${branch}`,
    unused: branch,
  },
  { kind: 'forget-branch', branch },
]

/**
 * Plans to delete a branch that no worktree has checked out. The plan holds only while the branch is at the commit that
 * was judged, while the ref that judged it stands where it stood, and while no worktree takes the branch.
 */
export const planBranchRemoval = (
  basis: RefSnapshot,
  facts: BranchRemovalFacts,
  { branch, force, leaving }: BranchRemovalOptions,
): Plan | BranchRefusal => {
  const expected = basis.tip(branch)
  if (expected === undefined) return missing(basis, branch)
  const holder = facts.worktrees.worktrees.find((worktree) => worktree !== leaving && holds(worktree, branch))
  if (holder !== undefined) {
    const message = `branch ${branch} is checked out at ${holder.path}`
    return refuse('BRANCH_CHECKED_OUT', message, 'remove that worktree, or switch it to another branch, first')
  }
  if (branch === facts.defaultBranch && !force) {
    return refuse('BRANCH_IS_DEFAULT', `${branch} is the default branch`, 'to delete it all the same, pass -D')
  }
  const proof = force ? undefined : proofFor(basis, facts, branch)
  if (!force && proof === undefined) return notIntegrated(facts, branch)
  return { kind: 'plan', basis, effects: deletionOf(branch, expected, premiseOf(facts, proof)) }
}
