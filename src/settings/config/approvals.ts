import { dirname, isAbsolute, join } from 'node:path'
import { type ConfigTable, type ConfigValue, isTable, valueAt } from '../../core/config-value.ts'
import { matchingKeys } from '../../core/project-pattern.ts'
import type { ConfigPlace } from '../../host/config-places.ts'
import { userConfigPath } from '../../host/config-places.ts'
import { readTextFile } from '../../host/files.ts'
import { parseToml } from '../../host/toml.ts'
import type { Approvals } from './result.ts'

const pathOf = (place: ConfigPlace): string | undefined => {
  const named = place.env.WT_APPROVALS_PATH
  if (named) return isAbsolute(named) ? named : join(place.cwd, named)
  const user = userConfigPath(place)
  return user === undefined ? undefined : join(dirname(user), 'approvals.toml')
}

/** Every command text in a value that holds commands. */
const commandsIn = (value: ConfigValue | undefined): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap((item) => commandsIn(item))
  return isTable(value) ? Object.values(value).flatMap((item) => commandsIn(item)) : []
}

const HOOK = /^(?:pre|post)-/

/** What a project's own file would have run. */
const projectCommands = (project: ConfigTable): readonly string[] => [
  ...Object.entries(project).flatMap(([key, value]) => (HOOK.test(key) ? commandsIn(value) : [])),
  ...commandsIn(project['aliases']),
  ...commandsIn(valueAt(project, 'commit', 'generation', 'template-append')),
]

/** The approved commands of a file that holds nothing else; undefined for any other. */
const approvedIn = (table: ConfigTable, id: string): readonly string[] | undefined => {
  const { projects = {}, ...others } = table
  if (Object.keys(others).length > 0 || !isTable(projects)) return undefined
  for (const entry of Object.values(projects)) {
    if (!isTable(entry) || Object.keys(entry).some((key) => key !== 'approved-commands')) return undefined
  }
  return matchingKeys(Object.keys(projects), [id]).flatMap((key) => commandsIn(projects[key]))
}

/** How many commands of a project wait for approval, and whether the file that says so can be read. */
export const readApprovals = async (
  place: ConfigPlace,
  id: string | undefined,
  project: ConfigTable | undefined,
): Promise<Approvals> => {
  const path = pathOf(place)
  const commands = [...new Set(projectCommands(project ?? {}))]
  const file = path === undefined ? ({ kind: 'missing' } as const) : readTextFile(path)
  const exists = file.kind !== 'missing'
  const broken = (error: string): Approvals => ({ path, exists, error, waiting: commands.length })
  if (file.kind === 'missing') return { path, exists, error: undefined, waiting: commands.length }
  if (file.kind === 'unreadable') return broken(`${path} could not be read: ${file.reason}`)
  const parsed = await parseToml(file.text)
  if (parsed.kind === 'broken') {
    return broken(`${path}:${parsed.line}:${parsed.column}: ${parsed.reason}\n${parsed.excerpt}`)
  }
  const approved = approvedIn(parsed.table, id ?? '')
  if (approved === undefined) return broken(`${path} holds something else than approved commands`)
  const waiting = commands.filter((command) => !approved.includes(command)).length
  return { path, exists, error: undefined, waiting }
}
