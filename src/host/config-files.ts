import type { LoadedConfig } from '../core/config.ts'
import { checkTable } from '../core/config-check.ts'
import { tableFromEnvironment } from '../core/config-env.ts'
import { type ConfigLayer, mergeLayers, projectConfigOf } from '../core/config-merge.ts'
import type { OriginLayer } from '../core/config-origins.ts'
import { PROJECT_SCHEMA, USER_SCHEMA } from '../core/config-schema.ts'
import type { ConfigTable } from '../core/config-value.ts'
import { WtError } from '../core/errors.ts'
import { type ConfigPlace, projectConfigPath, systemConfigPaths, userConfigPath } from './config-places.ts'
import { readTextFile, type TextFile } from './files.ts'
import { parseToml } from './toml.ts'

export interface ConfigRequest extends ConfigPlace {
  /** `--config-set`, in the order given: the last one wins. */
  readonly configSets: readonly string[]
  /** The root of the worktree that `wt` was started in, for the project's own file. */
  readonly projectRoot: string | undefined
  /** The text of that file, where no worktree has it. */
  readonly projectText?: { readonly name: string; readonly text: string } | undefined
  /** What the project goes by in `[projects]`. */
  readonly projectIds: readonly string[]
  /**
   * Throw CONFIG_INVALID for the first thing that can't be used, where otherwise it would be left out. `user`: only for
   * what is the user's own; the project's file is left out.
   */
  readonly strict?: boolean | 'user'
}

type Read = { readonly layer?: ConfigLayer; readonly error?: string }

/** The first line says what is wrong; an excerpt may follow it. */
const leftOut = (error: string): string => error.replace(/\n|$/, (end) => `; nothing in it is used${end}`)

const readLayer = async (name: string, file: TextFile): Promise<Read> => {
  if (file.kind === 'missing' || (file.kind === 'text' && file.text.trim() === '')) return {}
  if (file.kind === 'unreadable') return { error: `${name} could not be read: ${file.reason}` }
  const parsed = await parseToml(file.text)
  if (parsed.kind === 'table') return { layer: { name, table: parsed.table } }
  return { error: `${name}:${parsed.line}:${parsed.column}: ${parsed.reason}\n${parsed.excerpt}` }
}

const readSystem = (place: ConfigPlace): Promise<Read> => {
  for (const path of systemConfigPaths(place)) {
    const file = readTextFile(path)
    if (file.kind !== 'missing') return readLayer(path, file)
  }
  return Promise.resolve({})
}

const readUser = async (place: ConfigPlace, warnings: string[]): Promise<Read> => {
  const path = userConfigPath(place)
  if (path === undefined) return {}
  const file = readTextFile(path)
  if (file.kind === 'missing' && place.configPath) warnings.push(`--config names a file that is not there: ${path}`)
  return readLayer(path, file)
}

const readProject = (request: ConfigRequest): Promise<Read> => {
  const { projectText } = request
  const place = projectConfigPath(request.env, request.projectRoot)
  if (projectText !== undefined && request.env.WT_PROJECT_CONFIG_PATH === undefined)
    return readLayer(projectText.name, { kind: 'text', text: projectText.text })
  if (place === undefined) return Promise.resolve({})
  if ('problem' in place) return Promise.resolve({ error: place.problem })
  return readLayer(place.path, readTextFile(place.path, { regularOnly: true }))
}

/** One place that configuration comes from, as it was found. */
export interface ConfigSource {
  readonly kind: OriginLayer['kind']
  /** The file, or what messages call the rest. Undefined: no place for such a file is known here. */
  readonly name: string | undefined
  /** Whether the file is there; the rest always is. */
  readonly exists: boolean
  /** As it is written, unknown keys and all; undefined where it can't be read, or has nothing in it. */
  readonly table: ConfigTable | undefined
  /** Why nothing in it counts, each naming the file and the place or the key. */
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

const source = (
  kind: ConfigSource['kind'],
  name: string | undefined,
  exists: boolean,
  { layer, error }: Read,
  more: readonly string[] = [],
): ConfigSource => {
  const found = checkTable(layer?.table ?? {}, kind === 'project' ? PROJECT_SCHEMA : USER_SCHEMA)
  return {
    kind,
    name,
    exists,
    table: layer?.table,
    errors: [...(error === undefined ? [] : [error]), ...found.errors.map((text) => `${layer?.name}: ${text}`)],
    warnings: [...more, ...found.warnings.map((text) => `${layer?.name}: ${text}`)],
  }
}

const isThere = (path: string | undefined): boolean => path !== undefined && readTextFile(path).kind !== 'missing'

/** Every source of configuration by itself, the lowest first and the project's own file last. Throws nothing. */
export const readSources = async (request: ConfigRequest): Promise<readonly ConfigSource[]> => {
  const systems = systemConfigPaths(request)
  const system = systems.find(isThere) ?? systems[0]
  const user = userConfigPath(request)
  const complaints: string[] = []
  const overrides = tableFromEnvironment(request.env)
  const place = projectConfigPath(request.env, request.projectRoot)
  const project = place !== undefined && 'path' in place ? place.path : undefined
  const sets: ConfigSource[] = []
  for (const text of request.configSets) {
    const read = await readLayer('--config-set', { kind: 'text', text })
    sets.push(source('command-line', '--config-set', true, read))
  }
  const environment: Read = { layer: { name: 'the environment', table: overrides.table } }
  return [
    source('system', system, isThere(system), await readSystem(request)),
    source('user', user, isThere(user), await readUser(request, complaints), complaints),
    source('environment', 'the environment', true, environment, overrides.warnings),
    ...sets,
    source('project', project, isThere(project), await readProject(request)),
  ]
}

/**
 * Reads, checks and merges everything that configures `wt` here. What is broken is left out, layer by layer, and
 * warned of; with `strict` it throws CONFIG_INVALID.
 */
export const loadConfig = async (request: ConfigRequest): Promise<LoadedConfig> => {
  const { env, configSets, projectIds, strict = false } = request
  const warnings: string[] = []
  const overrides = tableFromEnvironment(env)
  const reads: Read[] = [
    await readSystem(request),
    await readUser(request, warnings),
    { layer: { name: 'the environment', table: overrides.table } },
  ]
  for (const text of configSets) reads.push(await readLayer('--config-set', { kind: 'text', text }))
  const project = await readProject(request)
  const merged = mergeLayers(
    reads.flatMap(({ layer }) => layer ?? []),
    projectIds,
  )
  const own = projectConfigOf(project.layer)
  const usersOwn = [...reads.flatMap(({ error }) => error ?? []), ...merged.errors]
  const errors = [...usersOwn, ...(project.error === undefined ? [] : [project.error]), ...own.errors]
  const [first] = strict === 'user' ? usersOwn : strict ? errors : []
  if (first !== undefined) throw new WtError('CONFIG_INVALID', first, { hint: 'correct it, or take the key out' })
  warnings.push(...errors.map((error) => leftOut(error)), ...overrides.warnings, ...merged.warnings, ...own.warnings)
  return { config: merged.config, projectConfig: own.config, warnings }
}
