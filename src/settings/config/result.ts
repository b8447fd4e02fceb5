import type { EffectiveRow } from '../../core/config-origins.ts'
import type { ConfigTable } from '../../core/config-value.ts'

/** A file of configuration as it was found. */
export interface ConfigFile {
  /** Undefined where no place for such a file is known. */
  readonly path: string | undefined
  readonly exists: boolean
  /** As it is written; undefined where it can't be parsed. */
  readonly table: ConfigTable | undefined
  /** Why nothing in it counts. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

/** What is known of the approvals of a project's commands. */
export interface Approvals {
  readonly path: string | undefined
  readonly exists: boolean
  readonly error: string | undefined
  /** How many commands of the project's own file have not been approved. */
  readonly waiting: number
}

/** Everything that configures `wt` here. */
export interface ConfigReport {
  readonly system: ConfigFile
  readonly user: ConfigFile
  readonly project: ConfigFile
  /** What the project goes by in `[projects]`; undefined outside of a repository. */
  readonly identifier: string | undefined
  /** What is wrong with variables and `--config-set`. */
  readonly overrides: Pick<ConfigFile, 'errors' | 'warnings'>
  readonly approvals: Approvals
  /** What is wrong with values that only make sense together. */
  readonly problems: readonly string[]
  readonly rows: readonly EffectiveRow[]
  readonly home: string | undefined
}
