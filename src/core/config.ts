import type { Aliases, Hooks } from './hooks.ts'

/** A column of the user's own. */
export interface CustomColumn {
  readonly header: string
  readonly template: string
  /** Cells, at the most. */
  readonly width: number
  /** The lower, the longer it survives on a narrow terminal. */
  readonly priority: number
}

/** How `wt list` behaves where the command line does not say. */
interface ListConfig {
  readonly branches: boolean
  readonly remotes: boolean
  readonly full: boolean
  readonly summary: boolean
  /** Milliseconds for collecting everything; 0 is no limit. */
  readonly timeoutMs: number
  /** Names of columns, as written: whether they exist is the list's business. Undefined: the usual ones. */
  readonly columns: readonly string[] | undefined
  /** By header. */
  readonly customColumns: readonly CustomColumn[]
}

/** How `wt switch` behaves where the command line does not say. */
interface SwitchConfig {
  /** Take the shell along. */
  readonly cd: boolean
}

/** How `wt remove` behaves where the command line does not say. */
interface RemoveConfig {
  readonly deleteBranch: boolean
  /** Bytes of ignored files that are kept of each removed worktree at most. */
  readonly keep: number
}

/** What goes into a commit where the command line does not say. */
export type StageMode = 'all' | 'tracked' | 'none'

/** How commit messages are made; nothing of it can come from the project. */
interface GenerationConfig {
  /** Text for a shell: the prompt on stdin, the message on stdout. Undefined: messages are built in. */
  readonly command: string | undefined
  readonly template: string | undefined
  readonly squashTemplate: string | undefined
  readonly templateAppend: string | undefined
}

/** What `wt merge` does where the command line does not say. */
export interface MergeConfig {
  readonly squash: boolean
  readonly commit: boolean
  readonly rebase: boolean
  readonly remove: boolean
  readonly verify: boolean
  readonly ff: boolean
}

/** The user's configuration for one project: merged, checked, complete. */
export interface Config {
  /** A template; see `worktree-path.ts`. */
  readonly worktreePath: string
  readonly list: ListConfig
  readonly switch: SwitchConfig
  readonly remove: RemoveConfig
  /** The user's own hooks, the project entries' after the global ones. */
  readonly hooks: Hooks
  /** The user's own commands, by name; the project entries' after the global ones. */
  readonly aliases: Aliases
  /** Project commands that an older configuration approved of; they count while there is no approvals file. */
  readonly approvedCommands: readonly string[]
  readonly commit: { readonly stage: StageMode; readonly generation: GenerationConfig }
  readonly merge: MergeConfig
  /** What `wt step copy-ignored` leaves out, in the language of `.gitignore`: global, then the project entries'. */
  readonly copyIgnoredExclude: readonly string[]
}

/** What the project's own file says. */
export interface ProjectConfig {
  /** A template for the address of a branch's development server. */
  readonly listUrl: string | undefined
  /** Nothing of this runs without approval. */
  readonly hooks: Hooks
  /** Nor of this. */
  readonly aliases: Aliases
  /** Added to the prompt for a commit message, once approved. */
  readonly templateAppend: string | undefined
  /** Left out beside what the user's configuration leaves out. */
  readonly copyIgnoredExclude: readonly string[]
}

/** Everything that configures a run of `wt`. */
export interface LoadedConfig {
  readonly config: Config
  readonly projectConfig: ProjectConfig
  /** Each about one file or variable, and what was left out because of it. */
  readonly warnings: readonly string[]
}
