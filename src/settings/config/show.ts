import { mergeLayers } from '../../core/config-merge.ts'
import { type EffectiveRow, effectiveRows, type OriginLayer } from '../../core/config-origins.ts'
import { PROJECT_SCHEMA, shapeAt, USER_SCHEMA } from '../../core/config-schema.ts'
import { isTable, keyPath } from '../../core/config-value.ts'
import { WtError } from '../../core/errors.ts'
import { nearestName } from '../../core/nearest.ts'
import { primaryRemote, projectIdOf } from '../../core/project-id.ts'
import { openRepository } from '../../git/repository.ts'
import { type ConfigRequest, type ConfigSource, readSources } from '../../host/config-files.ts'
import { parseToml } from '../../host/toml.ts'
import { compileColumn } from '../../worktree/list/column-template.ts'
import { parseColumns } from '../../worktree/list/columns.ts'
import type { LookPorts } from '../../worktree/look.ts'
import { readApprovals } from './approvals.ts'
import type { ConfigFile, ConfigReport } from './result.ts'

interface Place {
  readonly request: ConfigRequest
  readonly identifier: string | undefined
  readonly problems: readonly string[]
}

/** Where configuration is looked for. Outside of a repository, or in a broken one, that is all but the project's. */
const placeAt = async ({ env, cwd, home, configPath, configSets }: LookPorts): Promise<Place> => {
  const base = { env, cwd, homeDir: home, configPath, configSets }
  try {
    const { layout, root, settings } = await openRepository(cwd, env)
    const identifier = projectIdOf(primaryRemote(settings)?.url, root)
    return { request: { ...base, projectRoot: layout.top, projectIds: [identifier] }, identifier, problems: [] }
  } catch (error) {
    if (!(error instanceof WtError)) throw error
    const problems = error.code === 'NOT_A_REPOSITORY' ? [] : [error.message]
    return { request: { ...base, projectRoot: undefined, projectIds: [] }, identifier: undefined, problems }
  }
}

const layersOf = (sources: readonly ConfigSource[]): readonly OriginLayer[] =>
  sources.flatMap(({ kind, name, table, errors }) =>
    kind === 'project' || table === undefined || errors.length > 0 ? [] : [{ kind, name: name ?? kind, table }],
  )

const projectLayer = (sources: readonly ConfigSource[]): OriginLayer | undefined => {
  const own = sources.find(({ kind }) => kind === 'project')
  if (own?.table === undefined || own.errors.length > 0) return undefined
  return { kind: 'project', name: own.name ?? 'the project', table: own.table }
}

/** What the list would refuse. */
const problemsIn = async (layers: readonly OriginLayer[], ids: readonly string[]): Promise<readonly string[]> => {
  const { list } = mergeLayers(layers, ids).config
  const checks = [
    async () =>
      parseColumns(
        list.columns,
        list.customColumns.map(({ header }) => header),
      ),
    ...list.customColumns.map(
      ({ header, template }) =>
        () =>
          compileColumn(header, template),
    ),
  ]
  const found = checks.map(async (check): Promise<readonly string[]> => {
    try {
      await check()
      return []
    } catch (error) {
      if (!(error instanceof WtError)) throw error
      return [`${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`]
    }
  })
  return (await Promise.all(found)).flat()
}

const fileOf = (source: ConfigSource | undefined): ConfigFile => ({
  path: source?.name,
  exists: source?.exists ?? false,
  table: source?.table ?? (source?.exists === true && source.errors.length === 0 ? {} : undefined),
  errors: source?.errors ?? [],
  warnings: source?.warnings ?? [],
})

/** Finds everything that configures `wt` here, and what is wrong with it. Whatever is broken is in the report. */
export const showConfig = async (ports: LookPorts): Promise<ConfigReport> => {
  const { request, identifier, problems } = await placeAt(ports)
  const sources = await readSources(request)
  const only = (kind: ConfigSource['kind']): ConfigSource | undefined => sources.find((source) => source.kind === kind)
  const [layers, project] = [layersOf(sources), projectLayer(sources)]
  const others = sources.filter(({ kind }) => kind === 'environment' || kind === 'command-line')
  return {
    system: fileOf(only('system')),
    user: fileOf(only('user')),
    project: fileOf(only('project')),
    identifier,
    overrides: { errors: others.flatMap(({ errors }) => errors), warnings: others.flatMap(({ warnings }) => warnings) },
    approvals: await readApprovals(request, identifier, project?.table),
    problems: [...problems, ...(await problemsIn(layers, request.projectIds))],
    rows: effectiveRows(layers, request.projectIds, project),
    home: ports.home,
  }
}

/** A key as it is typed, `list.custom-columns."My column"`, by its parts. Throws INVALID_KEY. */
const parseKey = async (text: string): Promise<readonly string[]> => {
  const parsed = await parseToml(`${text} = 0`)
  const path: string[] = []
  let value = parsed.kind === 'table' ? parsed.table : undefined
  while (value !== undefined) {
    const [entry, ...others] = Object.entries(value)
    if (entry === undefined || others.length > 0) break
    path.push(entry[0])
    if (entry[1] === 0) return path
    value = isTable(entry[1]) ? entry[1] : undefined
  }
  throw new WtError('INVALID_KEY', `${JSON.stringify(text)} is no key`, { hint: 'a key looks like list.full' })
}

/** `exact`: they are the key's own, not those of keys below it. */
export interface FoundValues {
  readonly exact: boolean
  readonly rows: readonly EffectiveRow[]
}

/** The values of a key, or of every key below it, in force. Throws INVALID_KEY, and CONFIG_INVALID for a broken source. */
export const getConfig = async (ports: LookPorts, text: string): Promise<FoundValues> => {
  const path = await parseKey(text)
  const { request } = await placeAt(ports)
  const sources = await readSources(request)
  const error = sources.flatMap(({ errors }) => errors)[0]
  if (error !== undefined) throw new WtError('CONFIG_INVALID', error, { hint: 'correct it, or take the key out' })
  const rows = effectiveRows(layersOf(sources), request.projectIds, projectLayer(sources))
  const found = rows.filter((row) => path.every((key, at) => row.path[at] === key))
  const known = path[0] === 'forge' || [USER_SCHEMA, PROJECT_SCHEMA].some((schema) => shapeAt(schema, path))
  const exact = found.every((row) => row.path.length === path.length)
  if (found.length > 0 || known) return { exact, rows: found }
  const nearest = nearestName(keyPath(path), [...USER_SCHEMA.keys.keys(), ...rows.map((row) => keyPath(row.path))])
  throw new WtError('INVALID_KEY', `there is no key ${keyPath(path)}`, {
    hint: nearest === undefined ? 'for all keys: wt config show' : `did you mean ${nearest}?`,
  })
}
