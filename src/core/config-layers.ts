import { PROJECT_ENTRY, type Shape } from './config-schema.ts'
import { type ConfigTable, type ConfigValue, isTable, mergeTables } from './config-value.ts'
import { matchingKeys } from './project-pattern.ts'

const split = ({
  projects,
  ...globals
}: ConfigTable): { readonly globals: ConfigTable; readonly projects: ConfigTable } => ({
  globals,
  projects: isTable(projects) ? projects : {},
})

/** What is left of one value of a project entry once a higher layer has set the global key to `setter`. */
const survives = (
  value: ConfigValue,
  setter: ConfigValue | undefined,
  shape: Shape | undefined,
): ConfigValue | undefined => {
  if (setter === undefined || shape?.kind === 'command' || (shape?.kind === 'texts' && shape.accumulates)) return value
  if (!isTable(value) || !isTable(setter)) return undefined
  const kept = Object.entries(value).flatMap(([key, inner]) => {
    const over = Object.hasOwn(setter, key) ? setter[key] : undefined
    if (over !== undefined && shape?.kind === 'named' && shape.atomic) return []
    const innerShape = shape?.kind === 'table' ? shape.keys.get(key) : shape?.kind === 'named' ? shape.value : undefined
    const rest = survives(inner, over, innerShape)
    return rest === undefined ? [] : [[key, rest] as const]
  })
  return Object.fromEntries(kept)
}

/**
 * One table out of layers, the lowest first, each already checked. The entries of `[projects]` that mean one of
 * `projectIds` are laid over the global keys, the most specific last; but a global key beats every entry of a layer
 * below its own.
 */
export const layTables = (layers: readonly ConfigTable[], projectIds: readonly string[]): ConfigTable => {
  let globals: ConfigTable = {}
  let projects: ConfigTable = {}
  for (const layer of layers) {
    const upper = split(layer)
    const kept = Object.entries(projects).map(
      ([key, entry]) => [key, survives(entry, upper.globals, PROJECT_ENTRY) ?? {}] as const,
    )
    globals = mergeTables(globals, upper.globals)
    projects = mergeTables(Object.fromEntries(kept), upper.projects)
  }
  return matchingKeys(Object.keys(projects), projectIds).reduce((below, key) => {
    const entry = projects[key]
    return isTable(entry) ? mergeTables(below, entry) : below
  }, globals)
}
