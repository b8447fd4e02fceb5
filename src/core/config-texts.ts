import { type ConfigTable, type ConfigValue, isTable, mergeTables, valueAt } from './config-value.ts'
import { matchingKeys } from './project-pattern.ts'

/** The texts of a list; none where there is no list. */
export const textsOf = (value: ConfigValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String) : []

/**
 * A list that accumulates: the global one, of the highest layer that has one, then those of the `[projects]` entries that
 * mean one of `projectIds`, the most specific last. Layers come the lowest first, each already checked.
 */
export const accumulatedTexts = (
  layers: readonly ConfigTable[],
  projectIds: readonly string[],
  path: readonly string[],
): readonly string[] => {
  const merged = layers.reduce<ConfigTable>(mergeTables, {})
  const projects = valueAt(merged, 'projects')
  const entries = isTable(projects)
    ? matchingKeys(Object.keys(projects), projectIds).map((key) => valueAt(projects, key, ...path))
    : []
  return [valueAt(merged, ...path), ...entries].flatMap(textsOf)
}
