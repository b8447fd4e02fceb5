import type { Config, ProjectConfig } from './config.ts'
import { checkTable } from './config-check.ts'
import { layLayers } from './config-layers.ts'
import { text, toConfig } from './config-read.ts'
import { PROJECT_SCHEMA, USER_SCHEMA } from './config-schema.ts'
import { accumulatedTexts, textsOf } from './config-texts.ts'
import { type ConfigTable, valueAt } from './config-value.ts'
import { aliasesOf, hooksOf } from './hooks.ts'

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

const EXCLUDE = ['step', 'copy-ignored', 'exclude'] as const

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
  const laid = layLayers(sound, projectIds)
  const copyIgnoredExclude = accumulatedTexts(sound, projectIds, EXCLUDE)
  return { config: { ...toConfig(laid), copyIgnoredExclude }, errors, warnings }
}

/** Checks the project's own file; a broken one counts as none. */
export const projectConfigOf = (layer: ConfigLayer | undefined): Merged<ProjectConfig> => {
  const { sound, errors, warnings } = sortOut(layer === undefined ? [] : [layer], PROJECT_SCHEMA)
  const url = valueAt(sound[0] ?? {}, 'list', 'url')
  const config = {
    listUrl: typeof url === 'string' ? url : undefined,
    hooks: hooksOf(sound),
    aliases: aliasesOf(sound),
    templateAppend: text(sound[0] ?? {}, 'commit', 'generation', 'template-append'),
    copyIgnoredExclude: textsOf(valueAt(sound[0] ?? {}, ...EXCLUDE)),
  }
  return { config, errors, warnings }
}
