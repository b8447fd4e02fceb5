import { type ConfigValue, isTable } from './config-value.ts'

const BARE = /^[A-Za-z0-9_-]+$/

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
}

const quoted = (text: string): string =>
  `"${text
    .toWellFormed()
    .replace(
      /["\\\u0000-\u001f\u007f]/g,
      (char) => ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )}"`

/** One part of a key. */
const tomlKey = (key: string): string => (BARE.test(key) ? key : quoted(key))

/** A key with its parts. */
export const tomlPath = (path: readonly string[]): string => path.map(tomlKey).join('.')

const numberText = (value: number): string => {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  return String(value)
}

/** A value on one line, as TOML. */
export const tomlValue = (value: ConfigValue): string => {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `[${value.map(tomlValue).join(', ')}]`
  if (!isTable(value)) return ''
  const entries = Object.entries(value).map(([key, inner]) => `${tomlKey(key)} = ${tomlValue(inner)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
