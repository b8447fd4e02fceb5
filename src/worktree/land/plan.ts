import { type BranchName, branchRef, type ObjectId, type RefName } from '../../core/ids.ts'
import { type Refusal, refusal } from '../../core/plan.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { Worktree, WorktreeSnapshot } from '../../core/worktrees.ts'

/** Why work does not land. */
export type LandCode =
  | 'BRANCH_IS_DEFAULT'
  | 'NO_COMMON_ANCESTOR'
  | 'NO_SUCH_BRANCH'
  | 'NO_SUCH_COMMIT'
  | 'NO_WORKTREE'
  | 'NOT_FAST_FORWARD'
  | 'NOT_ON_BRANCH'
  | 'NOT_REBASED'
  | 'NOTHING_TO_COMMIT'
  | 'OPERATION_IN_PROGRESS'
  | 'PROMPT_IS_TEXT'
  | 'TARGET_DIVERGED'
  | 'UNBORN_BRANCH'
  | 'UNMERGED_PATHS'
  | 'WORKTREE_DIRTY'
  | 'WORKTREE_GONE'
  | 'WORKTREE_KEPT'

/** What is not committed in a worktree, by path. A path may be in two of these. */
export interface WorkState {
  readonly unmerged: readonly string[]
  readonly staged: readonly string[]
  readonly unstaged: readonly string[]
  /** A directory that is untracked as a whole is named once, with a slash at its end. */
  readonly untracked: readonly string[]
}

export type LandRefusal = Refusal<LandCode>

export const refuse = refusal<LandCode>

const gone = ({ path, branch }: Worktree): LandRefusal =>
  refuse(
    'WORKTREE_GONE',
    `the worktree of ${branch ?? 'a detached HEAD'} is not at ${path} any more`,
    'if it has moved: git worktree repair <path>; if it is gone for good: git worktree prune',
  )

const isGone = ({ prunable, broken }: Worktree): boolean => prunable !== undefined || broken !== undefined

/** The worktree whose work lands must be there. A name stands for a branch that has none. */
export const refuseSource = (found: Worktree | BranchName | undefined): LandRefusal | undefined => {
  if (found === undefined) return refuse('NO_WORKTREE', 'this is no worktree', 'go to one, or name one with --branch')
  if (typeof found !== 'string') return isGone(found) ? gone(found) : undefined
  return refuse('NO_WORKTREE', `branch ${found} is not checked out anywhere`, 'to see the worktrees: wt list')
}

const HOW_TO_END = { merge: 'merge', rebase: 'rebase', 'cherry-pick': 'cherry-pick', revert: 'revert' } as const

/** git is in the middle of something there. */
export const refuseOperation = ({ operation, path }: Worktree): LandRefusal | undefined => {
  if (operation === undefined) return undefined
  const end =
    operation === 'bisect' ? 'git bisect reset' : `git ${HOW_TO_END[operation]} --continue, or git ${operation} --abort`
  return refuse('OPERATION_IN_PROGRESS', `a ${operation} is in progress in ${path}`, `to end it: ${end}`)
}

export const refuseUnmerged = ({ unmerged }: WorkState): LandRefusal | undefined =>
  unmerged.length === 0
    ? undefined
    : refuse('UNMERGED_PATHS', `there are unmerged paths: ${named(unmerged)}`, 'resolve them, then git add them')

const MOST_NAMED = 10

/** Paths in a sentence. */
export const named = (paths: readonly string[]): string => {
  const rest = paths.length - MOST_NAMED
  return [...paths.slice(0, MOST_NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ')
}

export const refuseDetached = ({ branch, path }: Worktree): LandRefusal | undefined =>
  branch === undefined
    ? refuse('NOT_ON_BRANCH', `no branch is checked out in ${path}`, 'to get on one: git switch <branch>')
    : undefined

export const refuseUnborn = ({ head, branch }: Worktree): LandRefusal | undefined =>
  head === undefined
    ? refuse('UNBORN_BRANCH', `${branch ?? 'HEAD'} has no commit yet`, 'commit something first')
    : undefined

/** Whatever is not committed would stay behind. */
export const refuseDirty = ({ staged, unstaged, untracked }: WorkState): LandRefusal | undefined => {
  const paths = [...new Set([...staged, ...unstaged, ...untracked])]
  if (paths.length === 0) return undefined
  return refuse('WORKTREE_DIRTY', `not everything is committed: ${named(paths)}`, 'commit it, or leave --no-commit out')
}

/** The branch that work lands on must exist. `isDefault`: nobody has named it. */
export const refuseTarget = (
  branch: BranchName,
  refs: RefSnapshot,
  { worktrees }: WorktreeSnapshot,
  isDefault: boolean,
): LandRefusal | undefined => {
  if (refs.tip(branch) !== undefined) return undefined
  if (worktrees.some((worktree) => worktree.branch === branch)) {
    return refuse('UNBORN_BRANCH', `${branch} has no commit yet`, `commit something on ${branch} first`)
  }
  return isDefault
    ? refuse(
        'NO_SUCH_BRANCH',
        `the default branch ${branch} does not exist`,
        'to have it looked for again: git config --unset wt.default-branch',
      )
    : refuse('NO_SUCH_BRANCH', `there is no local branch ${branch}`, 'to see the branches: wt list --branches')
}

/** How the target stands to its upstream, as far as the work to be landed builds on that. */
export interface UpstreamRelation {
  readonly name: string
  /** What the work and the upstream have in common is in the local target. */
  readonly forkIsLocal: boolean
  /** The local target has nothing that the upstream lacks. */
  readonly localIsBehind: boolean
}

/** Work that builds on the upstream of a target that went another way would bring both ways together. */
export const refuseDiverged = (target: string, upstream: UpstreamRelation | undefined): LandRefusal | undefined =>
  upstream === undefined || upstream.forkIsLocal || upstream.localIsBehind
    ? undefined
    : refuse(
        'TARGET_DIVERGED',
        `${target} and ${upstream.name} have diverged, and this work builds on ${upstream.name}`,
        `bring them together first: git rebase ${upstream.name}, in the worktree of ${target}`,
      )

/** The worktree that has a branch, also one that a rebase or a bisection there will put back. */
export const holderOf = ({ worktrees }: WorktreeSnapshot, branch: BranchName): Worktree | undefined =>
  worktrees.find((each) => each.branch === branch) ?? worktrees.find((each) => each.borrowed === branch)

/** The target's worktree must be there, and git not in the middle of something in it. */
export const refuseHolder = (holder: Worktree | undefined): LandRefusal | undefined =>
  holder === undefined ? undefined : isGone(holder) ? gone(holder) : refuseOperation(holder)

/** What becomes of the commits of a branch. */
export const squashKind = (
  commits: number,
  staged: boolean,
): 'no_commits_ahead' | 'already_single_commit' | 'commit' | 'squash' => {
  if (commits === 0) return staged ? 'commit' : 'no_commits_ahead'
  return commits === 1 && !staged ? 'already_single_commit' : 'squash'
}

/** Names no two branches share, and no branch's backup is in the way of another's. `taken`: backups that are there. */
export const backupRef = (branch: BranchName, taken: Iterable<RefName>): RefName => {
  const plain = `refs/wt-backup/${branch}`
  for (const other of taken) {
    if (other.startsWith(`${plain}/`) || plain.startsWith(`${other}/`)) {
      return `refs/wt-backup-flat/${branch.replaceAll('%', '%25').replaceAll('/', '%2F')}` as RefName
    }
  }
  return plain as RefName
}

/** A prompt is text, and would not be an answer in JSON. */
export const refusePromptInJson = (promptOnly: boolean, json: boolean): LandRefusal | undefined =>
  promptOnly && json
    ? refuse('PROMPT_IS_TEXT', 'a prompt is printed as text', 'leave --json or --show-prompt out')
    : undefined

/** The branch that holds the work, as a premise of what is done with it. */
export const premiseOf = ({
  branch,
  head,
}: Worktree): { readonly ref: RefName; readonly expected: ObjectId } | undefined =>
  branch === undefined || head === undefined ? undefined : { ref: branchRef(branch), expected: head }
