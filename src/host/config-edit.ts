import { isDeepStrictEqual } from 'node:util'
import { type ConfigTable, isTable, valueAt, withValue } from '../core/config-value.ts'
import { WtError } from '../core/errors.ts'
import { editToml, type TomlEdit } from '../core/toml-edit.ts'
import { editFile } from './edit-file.ts'
import { readTextFile } from './files.ts'
import { danglingLink } from './new-file.ts'
import { parseToml } from './toml.ts'

const unwritable = (path: string, reason: string, hint = 'nothing was changed'): WtError =>
  new WtError('CONFIG_UNWRITABLE', `${path} can’t be written: ${reason}`, { hint })

const without = (table: ConfigTable, [first = '', ...rest]: readonly string[]): ConfigTable => {
  const inner = table[first]
  const entries = Object.entries(table).filter(([name]) => name !== first)
  if (rest.length > 0 && isTable(inner)) entries.push([first, without(inner, rest)])
  return Object.fromEntries(entries)
}

/** A table as it counts: whether a table that is empty is there at all does not. */
const pruned = (table: ConfigTable): ConfigTable =>
  Object.fromEntries(
    Object.entries(table).flatMap(([key, value]) => {
      const kept = isTable(value) ? pruned(value) : value
      return isTable(kept) && Object.keys(kept).length === 0 ? [] : [[key, kept]]
    }),
  )

const wanted = (before: ConfigTable, edits: readonly TomlEdit[]): ConfigTable =>
  edits.reduce(
    (table, { path, value }) =>
      value === undefined
        ? valueAt(table, ...path) === undefined
          ? table
          : without(table, path)
        : withValue(table, path, value),
    before,
  )

const tableOf = async (path: string, text: string): Promise<ConfigTable> => {
  const parsed = await parseToml(text)
  if (parsed.kind === 'table') return parsed.table
  throw new WtError('CONFIG_INVALID', `${path}:${parsed.line}:${parsed.column}: ${parsed.reason}\n${parsed.excerpt}`, {
    hint: 'correct it first; nothing was changed',
  })
}

const edited = async (path: string, file: string, edits: readonly TomlEdit[]): Promise<string | undefined> => {
  // Read here, not before: what was edited while a question was open must stay.
  const found = readTextFile(file)
  if (found.kind === 'unreadable') throw unwritable(path, found.reason)
  const text = found.kind === 'text' ? found.text : ''
  const before = await tableOf(path, text)
  const after = editToml(text, edits)
  const read = after === undefined ? undefined : await parseToml(after)
  const intended = pruned(wanted(before, edits))
  if (after === undefined || read?.kind !== 'table' || !isDeepStrictEqual(pruned(read.table), intended)) {
    const keys = edits.map((edit) => edit.path.join('.')).join(', ')
    throw unwritable(path, `it is not known how to set ${keys} in what is there`, 'set it with an editor')
  }
  return after === text ? undefined : after
}

/**
 * Edits a TOML file of configuration, and makes it if it is not there: under a lock, by rename, through a link, and only
 * the keys concerned. What was loaded from it before stays as it is. Throws CONFIG_INVALID for a file that can't be
 * parsed, CONFIG_UNWRITABLE for one that can't be written or a result that would not read as intended.
 */
export const editConfigFile = async (path: string, edits: readonly TomlEdit[]): Promise<void> => {
  const target = danglingLink(path)
  if (target !== undefined) throw unwritable(path, `it is a link to ${target}, which is not there`)
  try {
    await editFile(path, (file) => edited(path, file, edits))
  } catch (error) {
    if (error instanceof WtError) throw error
    throw unwritable(path, error instanceof Error ? error.message : String(error))
  }
}
