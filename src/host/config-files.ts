import { type ConfigLayer, type LoadedConfig, mergeLayers, projectConfigOf } from '../core/config.ts'
import { tableFromEnvironment } from '../core/config-env.ts'
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
  /** Throw CONFIG_INVALID for the first thing that can't be used, where otherwise it would be left out. */
  readonly strict?: boolean
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
  const errors = [...reads, project].flatMap(({ error }) => error ?? [])
  errors.push(...merged.errors, ...own.errors)
  if (strict && errors[0] !== undefined) {
    throw new WtError('CONFIG_INVALID', errors[0], { hint: 'correct it, or take the key out' })
  }
  warnings.push(...errors.map((error) => leftOut(error)), ...overrides.warnings, ...merged.warnings, ...own.warnings)
  return { config: merged.config, projectConfig: own.config, warnings }
}
