import { dirname, join, resolve } from 'node:path'
import { type ConfigTable, isTable } from '../core/config-value.ts'
import { WtError } from '../core/errors.ts'
import { matchingKeys } from '../core/project-pattern.ts'
import { withCommands } from './approvals-text.ts'
import { type ConfigPlace, userConfigPath } from './config-places.ts'
import { editFile } from './edit-file.ts'
import { readTextFile } from './files.ts'
import { parseToml } from './toml.ts'

/** Project commands that may run, by project. */
export interface Approvals {
  readonly path: string
  /** Undefined: there is no such file yet. */
  readonly projects: ReadonlyMap<string, readonly string[]> | undefined
}

/** Where approvals are kept: `WT_APPROVALS_PATH`, else beside the user's configuration. */
export const approvalsPath = (place: ConfigPlace): string | undefined => {
  const { env, cwd } = place
  if (env['WT_APPROVALS_PATH']) return resolve(cwd, env['WT_APPROVALS_PATH'])
  const config = userConfigPath(place)
  return config === undefined ? undefined : join(dirname(config), 'approvals.toml')
}

const invalid = (path: string, reason: string): WtError =>
  new WtError('APPROVALS_INVALID', `${path}: ${reason}`, {
    hint: 'correct the file, or remove it and approve again with wt config approvals add',
  })

const read = (path: string, table: ConfigTable): ReadonlyMap<string, readonly string[]> => {
  const projects = new Map<string, readonly string[]>()
  const surplus = Object.keys(table).find((key) => key !== 'projects')
  if (surplus !== undefined) throw invalid(path, `unknown key ${surplus}`)
  const { projects: entries = {} } = table
  if (!isTable(entries)) throw invalid(path, 'projects must be a table')
  for (const [id, entry] of Object.entries(entries)) {
    if (!isTable(entry)) throw invalid(path, `projects.${JSON.stringify(id)} must be a table`)
    const odd = Object.keys(entry).find((key) => key !== 'approved-commands')
    if (odd !== undefined) throw invalid(path, `unknown key ${odd} under projects.${JSON.stringify(id)}`)
    const commands = entry['approved-commands'] ?? []
    if (!Array.isArray(commands) || commands.some((command) => typeof command !== 'string'))
      throw invalid(path, `approved-commands under projects.${JSON.stringify(id)} must be a list of texts`)
    projects.set(id, commands as readonly string[])
  }
  return projects
}

const parse = async (path: string, text: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const parsed = await parseToml(text)
  if (parsed.kind === 'table') return read(path, parsed.table)
  throw invalid(`${path}:${parsed.line}:${parsed.column}`, `${parsed.reason}\n${parsed.excerpt}`)
}

const textOf = (path: string): string | undefined => {
  const file = readTextFile(path)
  if (file.kind === 'unreadable') throw invalid(path, `it could not be read: ${file.reason}`)
  return file.kind === 'missing' ? undefined : file.text
}

/** Reads the approvals. Throws APPROVALS_INVALID for a file that can't be relied on. */
export const readApprovals = async (path: string): Promise<Approvals> => {
  const text = textOf(path)
  return { path, projects: text === undefined ? undefined : await parse(path, text) }
}

/** Nobody else's business: what may run without a question. */
const PRIVATE = { mode: 0o600 }

const edited = async (path: string, edit: (file: string) => Promise<string | undefined>): Promise<void> => {
  try {
    await editFile(path, edit, PRIVATE)
  } catch (error) {
    if (error instanceof WtError) throw error
    throw invalid(path, `it could not be written: ${(error as Error).message}`)
  }
}

/** The commands that are approved for a project, by its own name and by patterns that mean it. */
export const approvedFor = ({ projects }: Approvals, id: string): readonly string[] =>
  projects === undefined ? [] : matchingKeys(projects.keys(), [id]).flatMap((key) => projects.get(key) ?? [])

/**
 * Changes the commands that are approved for a project, from what the file says at that moment; answers with what it
 * said before and says now. While there is no file, `inherited` is what counts (of an older configuration): it is taken
 * over, because a file turns it off. Throws APPROVALS_INVALID where the file can't be read or the change would not come out as meant.
 */
export const changeApprovals = async (
  path: string,
  id: string,
  change: (commands: readonly string[]) => readonly string[],
  inherited: readonly string[] = [],
): Promise<{ readonly before: readonly string[]; readonly after: readonly string[] }> => {
  if (id.includes('*')) throw invalid(path, `a project whose name has a * in it can't be kept: ${id}`)
  let outcome: { readonly before: readonly string[]; readonly after: readonly string[] } = { before: [], after: [] }
  const edit = async (file: string): Promise<string | undefined> => {
    const there = textOf(file)
    const text = there ?? ''
    const before = there === undefined ? inherited : ((await parse(path, text)).get(id) ?? [])
    const after = change(before)
    outcome = { before, after }
    if (after.length === before.length && after.every((command, at) => command === before[at])) return undefined
    const edited = await withCommands(text, id, after)
    const came = (await parse(path, edited)).get(id) ?? []
    if (came.length !== after.length || came.some((command, at) => command !== after[at]))
      throw invalid(
        path,
        `it is written in a way that can't be edited safely; ${JSON.stringify(id)} is to be changed by hand`,
      )
    return edited
  }
  await edited(path, edit)
  return outcome
}

/**
 * Withdraws everything, for all projects, also what an older configuration approves: an empty file turns that off. Answers
 * with what the file had approved. A file that can't be read goes as well. Throws APPROVALS_INVALID where it can't be written.
 */
export const clearApprovals = async (path: string): Promise<readonly string[]> => {
  const known = await readApprovals(path).catch(() => undefined)
  await edited(path, async () => '')
  return [...(known?.projects?.values() ?? [])].flat()
}
