import { misfit } from './config-check.ts'
import { shapeAt, USER_SCHEMA } from './config-schema.ts'
import {
  type ConfigTable,
  type ConfigValue,
  describeValue,
  isTable,
  keyPath,
  valueAt,
  withValue,
} from './config-value.ts'

const PREFIX = 'WT_'
const NOT_CONFIG = /^WT_(?:CONFIG_PATH|SYSTEM_CONFIG_PATH|PROJECT_CONFIG_PATH|APPROVALS_PATH|TEST_.*)$/

const typed = (text: string): ConfigValue => {
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  return /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

/** The value, typed if that fits the key, else as it stands; or why neither will do. */
const fitValue = (
  path: readonly string[],
  text: string,
): { readonly value: ConfigValue } | { readonly problem: string } => {
  const shape = shapeAt(USER_SCHEMA, path)
  if (shape === undefined) return { problem: `there is no key ${keyPath(path)}` }
  const value = [typed(text), text].find((candidate) => misfit(shape, candidate) === undefined)
  if (value !== undefined) return { value }
  return { problem: `${keyPath(path)} must be ${misfit(shape, text) ?? ''}, not ${describeValue(text)}` }
}

const blocked = (table: ConfigTable, path: readonly string[]): boolean =>
  path.some((_, length) => {
    const value = valueAt(table, ...path.slice(0, length))
    return value !== undefined && !isTable(value)
  }) || valueAt(table, ...path) !== undefined

/** A column of which variables set only a part can't replace the one that a file has. */
const withoutUnfinished = (table: ConfigTable, warnings: string[]): ConfigTable => {
  const columns = valueAt(table, 'list', 'custom-columns')
  if (!isTable(columns)) return table
  const unfinished = Object.keys(columns).filter((header) => valueAt(columns, header, 'template') === undefined)
  warnings.push(...unfinished.map((header) => `WT_LIST__CUSTOM_COLUMNS__… is ignored: ${header} has no template`))
  const kept = Object.entries(columns).filter(([header]) => !unfinished.includes(header))
  const { list, ...rest } = table
  const { 'custom-columns': _, ...others } = list as ConfigTable
  return { ...rest, list: { ...others, ...(kept.length > 0 && { 'custom-columns': Object.fromEntries(kept) }) } }
}

/**
 * The settings that the environment carries: `WT_LIST__TIMEOUT_MS` is `list.timeout-ms`. One that does not fit is
 * left out alone, with a warning that names it; variables of `wt` that are no settings are passed over.
 */
export const tableFromEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
): { readonly table: ConfigTable; readonly warnings: readonly string[] } => {
  let table: ConfigTable = {}
  const warnings: string[] = []
  const names = Object.keys(env).filter((name) => name.startsWith(PREFIX) && !NOT_CONFIG.test(name))
  for (const name of names.sort()) {
    const text = env[name]
    const path = name
      .slice(PREFIX.length)
      .toLowerCase()
      .split('__')
      .map((key) => key.replaceAll('_', '-'))
    if (text === undefined || path.includes('') || shapeAt(USER_SCHEMA, path.slice(0, 1)) === undefined) continue
    const fitted = fitValue(path, text)
    if ('problem' in fitted) warnings.push(`${name} is ignored: ${fitted.problem}`)
    else if (blocked(table, path)) warnings.push(`${name} is ignored: another variable sets the same key`)
    else table = withValue(table, path, fitted.value)
  }
  return { table: withoutUnfinished(table, warnings), warnings }
}
