import { checkTable } from './config-check.ts'
import { layTables } from './config-layers.ts'
import { PROJECT_SCHEMA, USER_SCHEMA } from './config-schema.ts'
import { accumulatedTexts, textsOf } from './config-texts.ts'
import { type ConfigTable, valueAt } from './config-value.ts'

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
}

/** The user's configuration for one project: merged, checked, complete. */
export interface Config {
  /** A template; see `worktree-path.ts`. */
  readonly worktreePath: string
  readonly list: ListConfig
  /** What `wt step copy-ignored` leaves out, in the language of `.gitignore`: global, then the project entries'. */
  readonly copyIgnoredExclude: readonly string[]
}

/** What the project's own file says. */
export interface ProjectConfig {
  /** A template for the address of a branch's development server. */
  readonly listUrl: string | undefined
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

/** One source of configuration. `name` is how messages call it: a file's path, `--config-set`. */
export interface ConfigLayer {
  readonly name: string
  readonly table: ConfigTable
}

export interface Merged<Value> {
  readonly config: Value
  /** One for each layer that was left out, with all that is wrong with it. */
  readonly errors: readonly string[]
  /** Keys that nothing reads; the layers count. */
  readonly warnings: readonly string[]
}

const DEFAULT_PATH = '{{ repo_path }}/../{{ repo }}.{{ branch | sanitize }}'

const flag = (table: ConfigTable, ...path: readonly string[]): boolean => valueAt(table, ...path) === true

const EXCLUDE = ['step', 'copy-ignored', 'exclude'] as const

const toConfig = (table: ConfigTable): Omit<Config, 'copyIgnoredExclude'> => {
  const columns = valueAt(table, 'list', 'columns')
  return {
    worktreePath: String(valueAt(table, 'worktree-path') ?? DEFAULT_PATH),
    list: {
      branches: flag(table, 'list', 'branches'),
      remotes: flag(table, 'list', 'remotes'),
      full: flag(table, 'list', 'full'),
      summary: flag(table, 'list', 'summary'),
      timeoutMs: Number(valueAt(table, 'list', 'timeout-ms') ?? 0),
      columns: Array.isArray(columns) && columns.length > 0 ? columns.map(String) : undefined,
    },
  }
}

const sortOut = (layers: readonly ConfigLayer[], schema: typeof USER_SCHEMA) => {
  const sound: ConfigTable[] = []
  const errors: string[] = []
  const warnings: string[] = []
  for (const { name, table } of layers) {
    const findings = checkTable(table, schema)
    warnings.push(...findings.warnings.map((text) => `${name}: ${text}`))
    if (findings.errors.length === 0) sound.push(table)
    else errors.push(`${name}: ${findings.errors.join('; ')}`)
  }
  return { sound, errors, warnings }
}

/**
 * Merges the layers, the lowest first (system, user, environment, `--config-set`), for the project that goes by any of
 * `projectIds`. A layer with a value of the wrong type is left out as a whole.
 */
export const mergeLayers = (layers: readonly ConfigLayer[], projectIds: readonly string[]): Merged<Config> => {
  const { sound, errors, warnings } = sortOut(layers, USER_SCHEMA)
  const config = toConfig(layTables(sound, projectIds))
  return { config: { ...config, copyIgnoredExclude: accumulatedTexts(sound, projectIds, EXCLUDE) }, errors, warnings }
}

/** Checks the project's own file; a broken one counts as none. */
export const projectConfigOf = (layer: ConfigLayer | undefined): Merged<ProjectConfig> => {
  const { sound, errors, warnings } = sortOut(layer === undefined ? [] : [layer], PROJECT_SCHEMA)
  const url = valueAt(sound[0] ?? {}, 'list', 'url')
  const config = {
    listUrl: typeof url === 'string' ? url : undefined,
    copyIgnoredExclude: textsOf(valueAt(sound[0] ?? {}, ...EXCLUDE)),
  }
  return { config, errors, warnings }
}
