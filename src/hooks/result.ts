import type { HookKind, HookSource } from '../core/hooks.ts'

/** A command of the project, as approvals know it. */
export interface ProjectCommand {
  /** The hook, or what else it is for. */
  readonly phase: string
  readonly name: string | undefined
  /** With the variables' names of today. */
  readonly template: string
}

/** What hooks tell while they run. */
export type HookEvent =
  /** What a template is about to be expanded with. For those who want to know more. */
  | {
      readonly kind: 'given'
      readonly label: string
      readonly template: string
      readonly variables: Readonly<Record<string, string | undefined>>
    }
  /** What it has become, where nothing else tells that. For the same. */
  | { readonly kind: 'expanded'; readonly label: string; readonly script: string }
  | {
      readonly kind: 'running'
      readonly hook: HookKind
      readonly source: HookSource
      readonly name: string | undefined
      readonly script: string
    }
  /** A line of one of several commands that run side by side; `width` is that of the longest name. */
  | { readonly kind: 'line'; readonly name: string; readonly width: number; readonly text: string }
  /** A `post-` command failed in the foreground; what comes after it runs. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'started'; readonly hook: HookKind; readonly labels: readonly string[] }
  /** It was to run in a directory that is gone. */
  | { readonly kind: 'dropped'; readonly hook: HookKind; readonly path: string }

/** A command as it would run. */
export interface HookPreview {
  readonly hook: HookKind
  readonly source: HookSource
  readonly name: string | undefined
  readonly script: string
}

/** A command as it is configured. */
export interface ShownCommand {
  readonly type: HookKind
  readonly source: HookSource
  readonly name: string | undefined
  readonly template: string
  readonly needsApproval: boolean
  /** What it would run here and now, or why that can't be told. */
  readonly expanded?: string
}

/** How a background pipeline ended, or that it has not. */
export interface PipelineRecord {
  readonly hook: HookKind
  readonly source: HookSource
  /** The branch that it was about; undefined in a detached worktree. */
  readonly branch: string | undefined
  /** Milliseconds since 1970. */
  readonly started: number
  readonly outcome: 'running' | 'done' | 'failed'
  /** What failed, and how. */
  readonly message?: string
  /** The file that has the output. */
  readonly log?: string
  readonly pid: number
}

/** What the project's configuration would run, and what of it may. */
export interface ApprovalList {
  readonly commands: readonly (ProjectCommand & { readonly approved: boolean })[]
  /** Approved texts that the configuration has no longer. */
  readonly stale: readonly string[]
}

/** What came of approving. */
export type AddOutcome =
  | { readonly kind: 'nothing-to-approve' | 'all-approved' | 'declined' }
  | { readonly kind: 'approved'; readonly count: number }

/** A command of an alias. */
export interface AliasCommand {
  readonly source: HookSource
  readonly name: string | undefined
  readonly template: string
}

/** What came of an alias. A command that failed before the last one is thrown. */
export type AliasOutcome =
  | { readonly kind: 'ran'; readonly code: number }
  | { readonly kind: 'declined' }
  | { readonly kind: 'described'; readonly commands: readonly AliasCommand[] }

/** A command of an alias, as `wt config alias show` tells of it. */
export interface ShownAliasCommand extends AliasCommand {
  readonly alias: string
  /** Which step of the alias it belongs to, from 1: commands of one step run side by side. */
  readonly step: number
  readonly needsApproval: boolean
}

/** Aliases as they are configured. */
export interface ShownAliases {
  readonly names: readonly string[]
  readonly commands: readonly ShownAliasCommand[]
  /** What is wrong with the configuration. */
  readonly warnings: readonly string[]
}

/** An alias as it would run. */
export interface AliasPreview {
  readonly alias: string
  /** It was asked for its help: it would tell what it is, and run nothing. */
  readonly help: boolean
  /** What the words behind it set. */
  readonly values: Readonly<Record<string, string>>
  /** The words that go to `args`. */
  readonly args: readonly string[]
  readonly commands: readonly (Omit<AliasCommand, 'template'> & { readonly step: number; readonly script: string })[]
  readonly warnings: readonly string[]
}
