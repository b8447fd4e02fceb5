import type { BranchName, ObjectId } from '../../core/ids.ts'
import { branchOf } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { branchSince, worktreeSince } from '../../git/ages.ts'
import type { Look } from '../look.ts'
import type { Target } from '../remove/targets.ts'
import type { PruneKind } from './result.ts'

/** Something that may be pruned if its work is elsewhere and it is old enough. */
export interface Candidate {
  readonly target: Target
  readonly kind: PruneKind
  readonly branch: BranchName | undefined
  /** The commit whose work must be elsewhere; undefined where there is none to lose. */
  readonly head: ObjectId | undefined
  /** Since when it has been there, in milliseconds since 1970; undefined where age does not matter. */
  readonly since: number | undefined
}

/** Main, locked, broken and unborn worktrees are never pruned, nor is the default branch's. */
const isCandidate = (worktree: Worktree, defaultBranch: BranchName | undefined): boolean =>
  worktree.id !== undefined &&
  worktree.locked === undefined &&
  worktree.broken === undefined &&
  worktree.operation === undefined &&
  worktree.head !== undefined &&
  (worktree.branch === undefined || worktree.branch !== defaultBranch)

const ofWorktree = (worktree: Worktree, current: Worktree | undefined): Candidate => {
  const { branch, head, gitDir, prunable } = worktree
  const stale = prunable !== undefined
  return {
    target: { kind: 'worktree', worktree },
    kind: worktree === current ? 'current' : stale ? 'stale_worktree' : 'worktree',
    branch,
    // Where only a registration goes, no branch goes with it: a commit that nothing else reaches gets a ref.
    head: stale && branch === undefined ? undefined : head,
    since: stale ? undefined : worktreeSince(gitDir),
  }
}

/** Names that git commands read as another ref. A mistake made them as a rule, and only a person can tell which. */
const isMistakable = (branch: BranchName): boolean => branch === 'HEAD' || branch.startsWith('refs/')

/** The branches that no worktree has, or will have again when a rebase or a bisection ends. */
const freeBranches = ({ refs, worktrees, defaultBranch }: Look): readonly BranchName[] => {
  const taken = new Set(worktrees.worktrees.flatMap(({ branch, borrowed }) => branch ?? borrowed ?? []))
  return [...refs.entries()].flatMap(({ name }) => {
    const branch = branchOf(name)
    if (branch === undefined || branch === defaultBranch || isMistakable(branch)) return []
    return taken.has(branch) ? [] : [branch]
  })
}

/** Everything that pruning has to judge, the worktree at hand last. Ages are read before anything is removed. */
export const candidatesIn = (look: Look): readonly Candidate[] => {
  const { worktrees, current, defaultBranch, refs, repository } = look
  const linked = worktrees.worktrees
    .filter((worktree) => isCandidate(worktree, defaultBranch))
    .map((worktree) => ofWorktree(worktree, current))
  const branches = freeBranches(look).map(
    (branch): Candidate => ({
      target: { kind: 'branch', branch },
      kind: 'branch_only',
      branch,
      head: refs.tip(branch),
      since: branchSince(repository.layout.commonDir, branch),
    }),
  )
  const all = [...linked, ...branches]
  return [...all.filter(({ kind }) => kind !== 'current'), ...all.filter(({ kind }) => kind === 'current')]
}
