import type { LineCounts } from '../../core/facts.ts'
import type { IntegrationReason } from '../../core/integration.ts'
import type { MainState } from '../../worktree/list/result.ts'

/**
 * The list for scripts. A field that is absent does not apply; one that is null was asked for and could not be told.
 * Strings are the raw ones, made well-formed.
 */
export interface ListJson {
  readonly schema: 2
  readonly repo: { readonly default_branch?: string }
  readonly collected: { readonly ci: boolean; readonly summary: boolean }
  readonly items: readonly ListItem[]
}

/** One row. */
export interface ListItem {
  readonly branch: string | null
  readonly remote?: string
  readonly head: {
    readonly sha: string
    readonly short_sha: string
    readonly subject: string | null
    readonly committed_at: string | null
  } | null
  readonly worktree?: WorktreeJson
  readonly default_branch?: {
    readonly ahead: number | null
    readonly behind: number | null
    readonly diff: LineCounts | null
    readonly orphan: boolean | null
    readonly integration?: { readonly reason: IntegrationReason } | null
    readonly merge_conflicts: boolean | null
  }
  readonly upstream?: {
    readonly remote: string
    readonly branch: string | null
    readonly ahead: number
    readonly behind: number
  } | null
  readonly vars?: Readonly<Record<string, string>>
  readonly marker?: string
  readonly display: {
    readonly state?: MainState
    readonly symbols?: string
    readonly statusline?: string
    readonly columns?: Readonly<Record<string, string>>
  }
}

/** The worktree of a row. */
export interface WorktreeJson {
  readonly path: string
  readonly main: boolean
  readonly current: boolean
  readonly previous: boolean
  readonly detached: boolean
  readonly locked?: { readonly reason: string | null }
  readonly prunable?: { readonly reason: string | null }
  readonly broken?: { readonly reason: string | null }
  readonly branch_mismatch: boolean
  readonly duplicate_branch: boolean
  readonly operation?: 'merge' | 'rebase' | 'cherry_pick' | 'revert' | 'bisect' | null
  readonly changes: {
    readonly staged: boolean
    readonly modified: boolean
    readonly untracked: boolean
    readonly renamed: boolean
    readonly deleted: boolean
    readonly conflicted: boolean | null
    readonly diff: LineCounts | null
  } | null
}
