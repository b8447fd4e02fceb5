import type { Relation } from './facts.ts'
import { type BranchName, branchRef, type ObjectId, type RefName } from './ids.ts'
import type { RefSnapshot } from './snapshot.ts'

/** A ref that work may have been merged into, and where the snapshot saw it. */
export interface Target {
  readonly ref: RefName
  readonly oid: ObjectId
}

/** The branch that others are measured against, and its upstream where that points somewhere else. */
export interface TargetPair {
  readonly local: Target
  readonly upstream: Target | undefined
}

/** Both sides of a target branch as the snapshot saw them; undefined when there is no such branch. */
export const targetPair = (refs: RefSnapshot, branch: BranchName): TargetPair | undefined => {
  const oid = refs.tip(branch)
  if (oid === undefined) return undefined
  const ref = refs.upstreamOf(branch)
  const there = ref === undefined ? undefined : refs.resolve(ref)
  const upstream = ref === undefined || there === undefined || there === oid ? undefined : { ref, oid: there }
  return { local: { ref: branchRef(branch), oid }, upstream }
}

/**
 * Which refs prove that work has landed, the first one being what rows are compared with. `between` is how the
 * upstream (head) stands to the local branch (base). A local branch that lags behind says nothing of its own; where
 * the two have diverged either may hold the proof.
 */
export const effectiveTargets = (pair: TargetPair, between: Relation | undefined): readonly Target[] => {
  const { local, upstream } = pair
  if (upstream === undefined || between === undefined) return [local]
  if (between.behind === 0) return [upstream]
  return between.ahead === 0 ? [local] : [local, upstream]
}
