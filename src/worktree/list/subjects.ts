import { type BranchName, branchOf, isRemoteRef, type ObjectId, type RefName, splitRemoteRef } from '../../core/ids.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { Worktree, WorktreeSnapshot } from '../../core/worktrees.ts'

/** What a row is about. */
export type Subject =
  | { readonly kind: 'worktree'; readonly worktree: Worktree; readonly head: ObjectId | undefined }
  | { readonly kind: 'branch'; readonly branch: BranchName; readonly head: ObjectId }
  | {
      readonly kind: 'remote'
      readonly ref: RefName
      readonly remote: string
      readonly branch: string
      readonly head: ObjectId
    }

export interface Selection {
  readonly branches: boolean
  readonly remotes: boolean
  readonly remoteNames: readonly string[]
}

const localBranches = (refs: RefSnapshot, taken: ReadonlySet<string>): readonly Subject[] => {
  const subjects: Subject[] = []
  for (const { name, oid } of refs.entries()) {
    const branch = branchOf(name)
    if (branch !== undefined && !taken.has(branch)) subjects.push({ kind: 'branch', branch, head: oid })
  }
  return subjects
}

/** Remote-tracking branches that no local branch has as its upstream. A remote's HEAD is only a name for another. */
const remoteBranches = (refs: RefSnapshot, remoteNames: readonly string[]): readonly Subject[] => {
  const tracked = new Set<RefName>()
  for (const { upstream } of refs.entries()) if (upstream !== undefined) tracked.add(upstream)
  const subjects: Subject[] = []
  for (const { name, oid, symref } of refs.entries()) {
    if (!isRemoteRef(name) || symref !== undefined || tracked.has(name)) continue
    const parts = splitRemoteRef(name, remoteNames)
    if (parts !== undefined) subjects.push({ kind: 'remote', ref: name, ...parts, head: oid })
  }
  return subjects
}

/** Everything that gets a row, in no order that matters yet. */
export const subjectsOf = (
  refs: RefSnapshot,
  { worktrees }: WorktreeSnapshot,
  { branches, remotes, remoteNames }: Selection,
): readonly Subject[] => {
  const taken = new Set(worktrees.flatMap(({ branch, borrowed }) => branch ?? borrowed ?? []))
  return [
    ...worktrees.map((worktree): Subject => ({ kind: 'worktree', worktree, head: worktree.head })),
    ...(branches ? localBranches(refs, taken) : []),
    ...(remotes ? remoteBranches(refs, remoteNames) : []),
  ]
}
