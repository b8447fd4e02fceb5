import { printable } from './printable.ts'

/** What a configuration file can hold. */
export type ConfigValue = string | number | boolean | Date | readonly ConfigValue[] | ConfigTable
export interface ConfigTable {
  readonly [key: string]: ConfigValue
}

export const isTable = (value: ConfigValue | undefined): value is ConfigTable =>
  typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)

/** The value of a key that the table itself has. */
export const valueAt = (table: ConfigTable, ...path: readonly string[]): ConfigValue | undefined => {
  let value: ConfigValue | undefined = table
  for (const key of path) value = isTable(value) && Object.hasOwn(value, key) ? value[key] : undefined
  return value
}

/** A value as a message shows it. */
export const describeValue = (value: ConfigValue): string => {
  if (typeof value === 'string') return printable(JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value))
  if (value instanceof Date) return 'a date'
  if (Array.isArray(value)) return 'a list'
  return isTable(value) ? 'a table' : String(value)
}

/** A key's path as TOML would write it. */
export const keyPath = (path: readonly string[]): string =>
  path.map((key) => (/^[\w-]+$/.test(key) ? key : printable(JSON.stringify(key)))).join('.')

/** `higher` laid over `lower`: tables merge key by key, everything else replaces. */
export const mergeTables = (lower: ConfigTable, higher: ConfigTable): ConfigTable => {
  // A map, then fromEntries: assignment would trip over a key called __proto__.
  const merged = new Map(Object.entries(lower))
  for (const [key, value] of Object.entries(higher)) {
    const before = merged.get(key)
    merged.set(key, isTable(before) && isTable(value) ? mergeTables(before, value) : value)
  }
  return Object.fromEntries(merged)
}

/** A copy of the table with one more value in it, in tables made on the way. */
export const withValue = (table: ConfigTable, path: readonly string[], value: ConfigValue): ConfigTable =>
  mergeTables(
    table,
    path.reduceRight<ConfigValue>((inner, key) => Object.fromEntries([[key, inner]]), value) as ConfigTable,
  )
