import type { CommitHeader, LineCounts } from '../../core/facts.ts'
import type { AbsolutePath, BranchName, ObjectId } from '../../core/ids.ts'
import type { IntegrationReason } from '../../core/integration.ts'
import type { PromptPlace } from '../../core/prompt-line.ts'
import type { Operation } from '../../core/worktrees.ts'

/** Something that has been asked for and is not known yet; in a final result: what never came (a timeout, a failure). */
export type Cell<Value> = Value | 'pending'

/** What `git status` says of a worktree. A worktree is clean exactly when it has no entry at all. */
export interface Changes {
  readonly clean: boolean
  readonly staged: boolean
  readonly modified: boolean
  readonly untracked: boolean
  readonly renamed: boolean
  readonly deleted: boolean
  readonly conflicted: boolean
  /** Lines against HEAD, untracked files included. */
  readonly lines: Cell<LineCounts>
}

/** What is known of the worktree of a row. */
export interface WorktreeCells {
  readonly path: AbsolutePath
  /** The primary worktree: the main one, or in a bare repository the default branch's. */
  readonly primary: boolean
  readonly current: boolean
  /** The worktree that `wt switch -` goes back to. */
  readonly previous: boolean
  readonly detached: boolean
  readonly locked?: { readonly reason: string | undefined }
  readonly prunable?: { readonly reason: string }
  /** The registration can't be read; nothing else is known. */
  readonly broken?: string
  readonly operation?: Operation
  /** It does not stand where the path template puts its branch. */
  readonly mismatched: boolean
  /** Its branch is checked out in another worktree too. */
  readonly duplicate: boolean
  /** Absent where nothing was asked (a prunable or broken entry). */
  readonly changes?: Cell<Changes>
  /** What its line in a shell's prompt hangs on; absent where nothing is kept. */
  readonly prompt?: PromptPlace
}

/** How a row's commit stands to the default branch (or to its upstream, where that is ahead). */
export interface Comparison {
  readonly ahead: number
  readonly behind: number
  readonly orphan: boolean
  /** Lines from the merge base to the commit. */
  readonly lines: Cell<LineCounts>
  /** Why the work counts as integrated; undefined when it does not. */
  readonly integration: Cell<IntegrationReason | undefined>
  /** Whether merging would conflict, uncommitted changes of tracked files included. */
  readonly conflicts: Cell<boolean>
}

/** How a branch stands to its upstream. */
export interface UpstreamCells {
  readonly remote: string
  readonly branch: string
  readonly ahead: number
  readonly behind: number
}

/** The one word for how a row stands to the default branch. Absent when there is nothing to say. */
export type MainState =
  | 'is_main'
  | 'orphan'
  | 'empty'
  | 'integrated'
  | 'would_conflict'
  | 'same_commit'
  | 'diverged'
  | 'ahead'
  | 'behind'

export interface ListRow {
  readonly kind: 'worktree' | 'branch' | 'remote'
  /** Without `refs/heads/`; for a remote row without the remote. Undefined when detached. */
  readonly branch: string | undefined
  /** The remote's name, for remote rows only. */
  readonly remote?: string
  /** Undefined when unborn, prunable without a readable HEAD, or broken. */
  readonly head: ObjectId | undefined
  /** Absent when there is no commit. */
  readonly commit?: Cell<CommitHeader>
  /** Absent for the primary worktree, for rows of the default branch, and where there is nothing to compare. */
  readonly comparison?: Cell<Comparison>
  /** Absent without a live upstream. */
  readonly upstream?: Cell<UpstreamCells>
  /** `pending` until everything that it depends on is known. */
  readonly state?: Cell<MainState>
  readonly worktree?: WorktreeCells
  /** What a user or an agent marked the branch with. */
  readonly marker?: string
  readonly vars?: Readonly<Record<string, string>>
  /** Cells of the user's own columns, by header; none that is empty. */
  readonly custom?: Readonly<Record<string, string>>
}

/** The columns that `[list] columns` may name, in display order. */
export const COLUMN_NAMES = [
  'branch',
  'status',
  'working-diff',
  'ahead-behind',
  'branch-diff',
  'summary',
  'upstream',
  'ci',
  'path',
  'url',
  'commit',
  'age',
  'message',
] as const

/** A column of the user's own. */
export interface CustomColumnView {
  readonly header: string
  /** Cells, at the most. */
  readonly width: number
  readonly priority: number
}

/** How long an open cell of a list that is still filling stays blank. Milliseconds. */
export const REVEAL_AFTER = 200

export interface ListResult {
  readonly defaultBranch: BranchName | undefined
  readonly hasRemote: boolean
  /** The root from which paths are shown. */
  readonly root: AbsolutePath
  readonly home: AbsolutePath | undefined
  /** Primary worktree, for showing paths relative to it. */
  readonly rows: readonly ListRow[]
  /** The user's own choice and order of columns. */
  readonly columns: readonly string[] | undefined
  /** The user's own columns, in display order. */
  readonly customColumns?: readonly CustomColumnView[]
  /** What went wrong without stopping the list; each a sentence or two, told after the table. */
  readonly warnings: readonly string[]
  /** How many cells a budget left open. */
  readonly timedOut: number
  /** Milliseconds since 1970, for ages. */
  readonly now: number
  /** Milliseconds since the list began, for how open cells look. */
  readonly elapsed: number
}
