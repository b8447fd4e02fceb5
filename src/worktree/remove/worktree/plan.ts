import type { BranchName } from '../../../core/ids.ts'
import type { Obstacle } from '../../../core/obstacle.ts'
import { type KeptEntry, type Refusal, refusal } from '../../../core/plan.ts'
import { shellWord } from '../../../core/shell-word.ts'
import type { Worktree } from '../../../core/worktrees.ts'

/** Why a worktree is not removed. */
type WorktreeRemovalCode =
  | 'BRANCH_IS_DEFAULT'
  | 'SUBMODULE_HOLDS_WORK'
  | 'WORKTREE_BROKEN'
  | 'WORKTREE_DIRTY'
  | 'WORKTREE_HOLDS_ANOTHER'
  | 'WORKTREE_HOLDS_WORK'
  | 'WORKTREE_IS_MAIN'
  | 'WORKTREE_LOCKED'
  | 'WORKTREE_NOT_OURS'
  | 'WORKTREE_STALE'

/** What stands in a worktree, as git's status told it. */
export interface Contents {
  /** Two letters and the path, for each entry; empty for a clean worktree. */
  readonly changes: readonly { readonly xy: string; readonly path: string }[]
  readonly keeps: readonly KeptEntry[]
  /** The index holds what is committed nowhere. */
  readonly staged: boolean
  /** Milliseconds since 1970, from before it was asked. */
  readonly checkedAt: number
}

/** What must be known before a worktree may go. */
export interface WorktreeFacts {
  readonly worktree: Worktree
  readonly obstacle: Obstacle | undefined
  /** Undefined where it was not asked, as something else forbids the removal or there is no directory. */
  readonly contents: Contents | undefined
  /** For an entry whose directory is gone: its index or an operation holds work. */
  readonly holdsWork: boolean
  /** The entry is what a removal that was killed has left. */
  readonly halfRemoved: boolean
  /** Submodules whose repository, which goes with the worktree, has commits that no remote is known to have. */
  readonly submodules: readonly string[]
  /** It is detached, and no ref reaches its commit. */
  readonly unreached: boolean
}

export interface WorktreeRemovalOptions {
  /** Remove it with all that is not committed (`-f`). */
  readonly force: boolean
  /** Remove it even if it is the default branch's (`-D`). */
  readonly forceDelete: boolean
  /** Bytes of ignored files to keep at most. */
  readonly limit: number
  /** Something else may happen before it is this one's turn. */
  readonly confirm: boolean
  /** Clear the entry of a detached worktree that is not there: no branch says what it was. */
  readonly clearDetached?: boolean
}

export type WorktreeRefusal = Refusal<WorktreeRemovalCode>

const refuse = refusal<WorktreeRemovalCode>

const nameOf = ({ branch, path }: Worktree): string => (branch === undefined ? path : `${branch} at ${path}`)

const refuseFor = (obstacle: Obstacle, worktree: Worktree): WorktreeRefusal => {
  const { path } = worktree
  const name = nameOf(worktree)
  switch (obstacle.kind) {
    case 'locked': {
      const why = obstacle.reason === undefined ? '' : `: ${obstacle.reason}`
      return refuse(
        'WORKTREE_LOCKED',
        `worktree ${name} is locked${why}`,
        `to release it: git worktree unlock ${shellWord(path)}`,
      )
    }
    case 'not-ours':
      return refuse(
        'WORKTREE_NOT_OURS',
        `what is at ${path} is not the worktree ${name}: ${obstacle.why}`,
        `if the worktree has been moved: git worktree repair <its new path>; nothing there was touched`,
      )
    case 'holds':
      return refuse(
        'WORKTREE_HOLDS_ANOTHER',
        `worktree ${name} holds ${obstacle.path}`,
        'remove or move that one first',
      )
  }
}

const refuseDirty = (worktree: Worktree, { changes }: Contents): WorktreeRefusal => {
  const stash = changes.some(({ xy }) => xy === '??') ? 'git stash -u' : 'git stash'
  return refuse(
    'WORKTREE_DIRTY',
    `worktree ${nameOf(worktree)} has changes that are not committed`,
    `commit them, put them aside with ${stash}, or pass --force; wt keeps what --force removes for 30 days`,
    changes.map(({ xy, path }) => `${xy.replaceAll('.', ' ')} ${path}`),
  )
}

/** An entry whose directory is gone: on a branch it can be cleared, unless it holds work. */
const refusalOfStale = (
  facts: WorktreeFacts,
  { force, clearDetached = false }: WorktreeRemovalOptions,
): WorktreeRefusal | undefined => {
  const { worktree, holdsWork, halfRemoved } = facts
  if (halfRemoved) return undefined
  if (worktree.branch === undefined && !clearDetached) {
    const hint = `to mend it: git worktree repair <where it is now>; if it is gone for good: git worktree prune`
    return refuse('WORKTREE_STALE', `the worktree at ${worktree.path} is not there`, hint)
  }
  if (!holdsWork || force) return undefined
  const hint = `to have it back: git worktree repair ${shellWord(worktree.path)}; to clear it all the same, pass --force`
  const { operation } = worktree
  const what = operation === undefined ? 'staged work' : `an open ${operation}`
  return refuse('WORKTREE_HOLDS_WORK', `the entry of worktree ${nameOf(worktree)} holds ${what}`, hint)
}

/** Why a worktree is not removed, by the first thing that forbids it; undefined when it may go. */
export const refusalOf = (
  facts: WorktreeFacts,
  defaultBranch: BranchName | undefined,
  options: WorktreeRemovalOptions,
): WorktreeRefusal | undefined => {
  const { worktree, obstacle, contents, submodules } = facts
  const { path, branch, locked, prunable, broken } = worktree
  if (locked !== undefined) return refuseFor({ kind: 'locked', ...locked }, worktree)
  if (worktree.id === undefined) {
    const hint = 'only linked worktrees can be removed, whatever flags are given'
    return refuse('WORKTREE_IS_MAIN', `${path} is the repository’s main worktree`, hint)
  }
  if (branch !== undefined && branch === defaultBranch && !options.forceDelete) {
    return refuse(
      'BRANCH_IS_DEFAULT',
      `${branch} is the default branch`,
      'to remove it all the same, worktree and branch, pass -D',
    )
  }
  if (prunable !== undefined && broken === undefined) return refusalOfStale(facts, options)
  if (prunable === undefined && obstacle !== undefined) return refuseFor(obstacle, worktree)
  if (broken !== undefined) {
    return refuse('WORKTREE_BROKEN', `worktree ${nameOf(worktree)} is broken: ${broken}`, 'wt list says what mends it')
  }
  if (contents === undefined) throw new TypeError('the status of a worktree that is to be removed was not asked')
  if (contents.changes.length > 0 && !options.force) return refuseDirty(worktree, contents)
  if (submodules.length === 0 || options.force) return undefined
  const hint = 'push them, or pass --force; wt keeps their repositories for 30 days'
  const text = `submodules of worktree ${nameOf(worktree)} have commits that no remote is known to have`
  return refuse('SUBMODULE_HOLDS_WORK', text, hint, submodules)
}
