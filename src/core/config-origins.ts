import { flattenLayers, layLayers } from './config-layers.ts'
import { DEFAULTS } from './config-reference.ts'
import { PROJECT_SCHEMA, type Shape, USER_SCHEMA } from './config-schema.ts'
import { type ConfigTable, type ConfigValue, isTable, keyPath } from './config-value.ts'

/** Where a value comes from. */
export interface Origin {
  readonly kind: 'default' | 'system' | 'user' | 'environment' | 'command-line' | 'project'
  /** The file, the variable, or the option; undefined for a default. */
  readonly name: string | undefined
  /** The key in `[projects]` whose table holds the value. */
  readonly entry: string | undefined
}

/** A layer of configuration that has been checked. */
export interface OriginLayer {
  readonly kind: Exclude<Origin['kind'], 'default'>
  readonly name: string
  readonly table: ConfigTable
}

/** A value in force. A key whose values accumulate has a row for each origin, in the order in which they count. */
export interface EffectiveRow {
  readonly path: readonly string[]
  readonly value: ConfigValue
  readonly origin: Origin
}

/** Stands in a table for a value: `layLayers` moves it about as it would the value itself. */
const MARK = '\0'

interface Marked {
  readonly origin: Origin
  /** Undefined: there is nothing, said on purpose (an empty list). */
  readonly value: ConfigValue | undefined
}

const variableOf = (path: readonly string[]): string =>
  `WT_${path.map((key) => key.toUpperCase().replaceAll('-', '_')).join('__')}`

const originAt = ({ kind, name }: OriginLayer, path: readonly string[]): Origin => ({
  kind,
  name: kind === 'environment' ? variableOf(path) : name,
  entry: kind !== 'project' && path[0] === 'projects' ? path[1] : undefined,
})

/** The same table with a mark for every value, and what each mark stands for. */
const markAll = (layer: OriginLayer, marks: Marked[]): ConfigTable => {
  const mark = (value: ConfigValue | undefined, path: readonly string[]): string =>
    `${MARK}${marks.push({ origin: originAt(layer, path), value }) - 1}`
  const walk = (value: ConfigValue, path: readonly string[]): ConfigValue => {
    if (Array.isArray(value))
      return value.length === 0 ? [mark(undefined, path)] : value.map((item) => walk(item, path))
    if (!isTable(value)) return mark(value, path)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, [...path, key])]))
  }
  return walk(layer.table, []) as ConfigTable
}

const marksIn = (value: ConfigValue, marks: readonly Marked[]): readonly Marked[] => {
  if (typeof value === 'string') return value.startsWith(MARK) ? [marks[Number(value.slice(1))] as Marked] : []
  if (Array.isArray(value)) return value.flatMap((item) => marksIn(item, marks))
  return isTable(value) ? Object.values(value).flatMap((inner) => marksIn(inner, marks)) : []
}

/** What of a value comes from one origin; undefined where nothing does. */
const partFrom = (value: ConfigValue, origin: string, marks: readonly Marked[]): ConfigValue | undefined => {
  if (typeof value === 'string') {
    const mark = marks[Number(value.slice(1))]
    return mark !== undefined && nameOf(mark.origin) === origin ? mark.value : undefined
  }
  if (Array.isArray(value)) {
    return marksIn(value, marks).some((mark) => nameOf(mark.origin) === origin)
      ? value.flatMap((item) => partFrom(item, origin, marks) ?? [])
      : undefined
  }
  if (!isTable(value)) return undefined
  const parts = Object.entries(value).flatMap(([key, inner]) => {
    const part = partFrom(inner, origin, marks)
    return part === undefined ? [] : [[key, part] as const]
  })
  return parts.length === 0 ? undefined : Object.fromEntries(parts)
}

const nameOf = ({ kind, name, entry }: Origin): string => JSON.stringify([kind, name, entry])

/** The leaves that the schema knows. A command is one leaf, however it is written. */
const leavesOf = (
  value: ConfigValue,
  shape: Shape,
  path: readonly string[],
): readonly (readonly [readonly string[], ConfigValue])[] => {
  if (!isTable(value) || (shape.kind !== 'table' && shape.kind !== 'named')) return [[path, value]]
  return Object.entries(value).flatMap(([key, inner]) => {
    const inside = shape.kind === 'table' ? shape.keys.get(key) : shape.value
    return inside === undefined ? [] : leavesOf(inner, inside, [...path, key])
  })
}

const rowsOf = (table: ConfigTable, schema: Shape, marks: readonly Marked[]): readonly EffectiveRow[] =>
  leavesOf(table, schema, []).flatMap(([path, value]) => {
    const origins = new Map(marksIn(value, marks).map(({ origin }) => [nameOf(origin), origin]))
    return [...origins].flatMap(([name, origin]) => {
      const part = partFrom(value, name, marks)
      return part === undefined ? [] : [{ path, value: part, origin }]
    })
  })

/** Keys that a project's own file decides where both say something. */
const isProjects = (path: readonly string[]): boolean => path[0] === 'forge'

/**
 * Every value in force and where it comes from, by key: those of the layers (the lowest first) for the project that goes
 * by any of `projectIds`, those of its own file, and the defaults of what nobody has set.
 */
export const effectiveRows = (
  layers: readonly OriginLayer[],
  projectIds: readonly string[],
  project: OriginLayer | undefined,
): readonly EffectiveRow[] => {
  const marks: Marked[] = []
  const marked = layers.map((layer) => markAll(layer, marks))
  const laid = flattenLayers(layLayers(marked, projectIds))
  const own = project === undefined ? [] : rowsOf(markAll(project, marks), PROJECT_SCHEMA, marks)
  const ownKeys = new Set(own.map(({ path }) => keyPath(path)))
  // Forge keys stand in project entries only, so the schema of users does not know them at the top.
  const forge = rowsOf(isTable(laid['forge']) ? { forge: laid['forge'] } : {}, PROJECT_SCHEMA, marks)
  const users = [...rowsOf(laid, USER_SCHEMA, marks), ...forge].filter(
    ({ path }) => !isProjects(path) || !ownKeys.has(keyPath(path)),
  )
  const set = new Set([...users, ...own].map(({ path }) => keyPath(path)))
  const defaults = [...DEFAULTS]
    .filter(([key]) => !set.has(key))
    .map(([key, value]): EffectiveRow => {
      return { path: key.split('.'), value, origin: { kind: 'default', name: undefined, entry: undefined } }
    })
  const rank = ({ path }: EffectiveRow): string => `${path.length > 1 ? 1 : 0}${keyPath(path)}`
  return [...users, ...own, ...defaults].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}
