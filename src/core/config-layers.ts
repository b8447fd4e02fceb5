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

/** Layers laid over each other: what is global, then the project entries that apply, the most specific last. */
export interface LaidLayers {
  readonly globals: ConfigTable
  readonly entries: readonly ConfigTable[]
}

/**
 * Lays layers over each other, the lowest first, each already checked. The entries are those of `[projects]` that mean
 * one of `projectIds`; a global key beats every entry of a layer below its own. Hooks and aliases are never beaten:
 * those of the entries come after the global ones.
 */
export const layLayers = (layers: readonly ConfigTable[], projectIds: readonly string[]): LaidLayers => {
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
  const entries = matchingKeys(Object.keys(projects), projectIds).flatMap((key) => {
    const entry = projects[key]
    return isTable(entry) ? [entry] : []
  })
  return { globals, entries }
}

/** One table out of them: the entries are laid over what is global. For keys that replace each other. */
export const flattenLayers = ({ globals, entries }: LaidLayers): ConfigTable =>
  entries.reduce((below, entry) => mergeTables(below, entry), globals)
