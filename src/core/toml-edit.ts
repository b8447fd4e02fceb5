import type { ConfigValue } from './config-value.ts'
import { inlinePairs, lineEnd, scanToml, type TomlPair, type TomlTable } from './toml-scan.ts'
import { tomlPath, tomlValue } from './toml-text.ts'

/** One change of a TOML text: a value for a key, or the removal of the key (`undefined`). */
export interface TomlEdit {
  readonly path: readonly string[]
  /** Anything but a table. */
  readonly value: ConfigValue | undefined
}

const splice = (text: string, start: number, end: number, by: string): string =>
  text.slice(0, start) + by + text.slice(end)

const begins = (path: readonly string[], prefix: readonly string[]): boolean =>
  prefix.length <= path.length && prefix.every((key, at) => path[at] === key)

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && begins(one, other)

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

const breakOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n')

/** Puts a line behind a place that ends a line, or the text. */
const insertLine = (text: string, at: number, line: string): string => {
  const end = breakOf(text)
  const opened = at > 0 && text[at - 1] !== '\n' ? end : ''
  return splice(text, at, at, `${opened}${line}${end}`)
}

/** Changes what stands in an inline table. */
const editInline = (text: string, pair: TomlPair, { path, value }: TomlEdit): string | undefined => {
  const inline = inlinePairs(text, pair.valueStart, pair.path)
  if (inline === undefined) return undefined
  const { pairs } = inline
  const at = pairs.findIndex((each) => begins(path, each.path))
  const found = pairs[at]
  if (found !== undefined && !isSame(found.path, path)) return editInline(text, found, { path, value })
  if (found !== undefined && value !== undefined)
    return splice(text, found.valueStart, found.valueEnd, tomlValue(value))
  const last = pairs.at(-1)
  if (found !== undefined) {
    // With the comma that belongs to it.
    const next = pairs[at + 1]
    const before = pairs[at - 1]
    if (next !== undefined) return splice(text, found.keyStart, next.keyStart, '')
    return splice(text, before?.valueEnd ?? found.keyStart, found.valueEnd, '')
  }
  if (value === undefined) return text
  const entry = `${tomlPath(path.slice(pair.path.length))} = ${tomlValue(value)}`
  if (last === undefined) return splice(text, pair.valueStart, inline.end, `{ ${entry} }`)
  return splice(text, last.valueEnd, last.valueEnd, `, ${entry}`)
}

const placeIn = (text: string, table: TomlTable): { readonly at: number; readonly indent: string } => {
  const last = table.pairs.at(-1)
  if (last === undefined) return { at: table.end, indent: '' }
  return { at: lineEnd(text, last.valueEnd), indent: text.slice(lineStart(text, last.keyStart), last.keyStart) }
}

const add = (text: string, tables: readonly TomlTable[], path: readonly string[], value: ConfigValue): string => {
  const line = (from: number): string => `${tomlPath(path.slice(from))} = ${tomlValue(value)}`
  const parent = path.slice(0, -1)
  const own = tables.find((table) => isSame(table.path, parent))
  const dotted = tables.find(
    ({ path: at, pairs }) => at.length < parent.length && pairs.some((pair) => begins(pair.path, parent)),
  )
  const home = dotted ?? own
  if (home === undefined) {
    const gap = text === '' ? '' : breakOf(text)
    return insertLine(text, text.length, `${gap}[${tomlPath(parent)}]${breakOf(text)}${line(parent.length)}`)
  }
  if (home.path.length === 0 && home.pairs.length === 0 && text !== '') {
    return `${line(0)}${breakOf(text)}${breakOf(text)}${text}`
  }
  const { at, indent } = placeIn(text, home)
  return insertLine(text, at, `${/^[ \t]*$/.test(indent) ? indent : ''}${line(home.path.length)}`)
}

const editOne = (text: string, edit: TomlEdit): string | undefined => {
  const { path, value } = edit
  const tables = scanToml(text)
  if (tables === undefined || path.length === 0) return undefined
  // Which of several tables is meant can't be told.
  if (tables.some((table) => table.repeated && begins(path, table.path))) return undefined
  const pairs = tables.flatMap((table) => (table.repeated ? [] : table.pairs))
  const found = pairs.find((pair) => begins(path, pair.path))
  if (found !== undefined && !isSame(found.path, path)) return editInline(text, found, edit)
  if (found !== undefined) {
    if (value !== undefined) return splice(text, found.valueStart, found.valueEnd, tomlValue(value))
    return splice(text, lineStart(text, found.keyStart), lineEnd(text, found.valueEnd), '')
  }
  return value === undefined ? text : add(text, tables, path, value)
}

/**
 * Edits the text of a TOML file: only what is concerned changes, and comments, order, spelling and all other keys stay
 * byte for byte. The text must be valid. Undefined where it is not known how; whoever writes the result must see that it
 * reads as intended.
 */
export const editToml = (text: string, edits: readonly TomlEdit[]): string | undefined => {
  let edited: string | undefined = text
  for (const edit of edits) edited = edited === undefined ? undefined : editOne(edited, edit)
  return edited
}
