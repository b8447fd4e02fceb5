import type { Marker, Var } from '../../core/branch-state.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'

/** What a command has to say about something that it did, or found nothing to do about. */
export interface Note {
  readonly kind: 'success' | 'info' | 'warning' | 'hint'
  readonly text: string
}

export type BranchMarker = Marker & { readonly branch: BranchName }

/** A file that somebody wrote a log to. */
export interface LogFile {
  /** Its path below the directory of logs. */
  readonly file: string
  readonly path: AbsolutePath
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970. */
  readonly modifiedAt: number
}

/** The log of a hook, or of something that `wt` did in the background. */
export interface HookLog extends LogFile {
  /** Undefined where no local branch, or more than one, writes to its directory. */
  readonly branch: BranchName | undefined
  readonly source: 'user' | 'project' | 'internal'
  /** Undefined for what `wt` did itself. */
  readonly hookType: string | undefined
  readonly name: string
}

/** The logs of a repository, by what they are about. */
export interface Logs {
  readonly directory: AbsolutePath
  readonly commands: readonly LogFile[]
  readonly hooks: readonly HookLog[]
  readonly diagnostics: readonly LogFile[]
}

/** What `wt` remembers and can find again, or do without. */
export interface CacheState {
  readonly previousBranch: BranchName | undefined
  /** How many answers about objects are remembered. */
  readonly answers: number
  /** Names of hints that have been shown. */
  readonly hints: readonly string[]
}

/** Everything that `wt` keeps about a repository, but for its journal and its backups. */
export interface RepositoryState extends CacheState {
  /** As it is kept; it is not looked for. */
  readonly defaultBranch: BranchName | undefined
  /** What the local copy of the primary remote's HEAD names. */
  readonly remoteHead: BranchName | undefined
  readonly markers: readonly BranchMarker[]
  readonly vars: readonly Var[]
  readonly logs: Logs
  readonly trashDirectory: AbsolutePath
  readonly trash: readonly { readonly name: string; readonly path: AbsolutePath; readonly modifiedAt: number }[]
}
