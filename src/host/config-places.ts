import { isAbsolute, join, resolve } from 'node:path'

export interface ConfigPlace {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where `wt` was started, or what `-C` says: relative paths start here. */
  readonly cwd: string
  /** Undefined: there is none, and nothing is looked for there. */
  readonly homeDir: string | undefined
  /** `--config`. */
  readonly configPath?: string | undefined
  /** Default: this machine's. */
  readonly platform?: NodeJS.Platform | undefined
}

const NAME = join('wt', 'config.toml')
const MAC_DIRECTORY = '/Library/Application Support'

/** An absolute value of a variable. A relative or empty one must never lead to the current directory. */
const directoryFrom = (value: string | undefined): string | undefined =>
  value !== undefined && isAbsolute(value) ? value : undefined

const given = (value: string, { cwd, homeDir }: ConfigPlace): string => {
  const home = homeDir !== undefined && (value === '~' || value.startsWith('~/'))
  return home ? join(homeDir, value.slice(1)) : resolve(cwd, value)
}

/** The user's configuration file, whether or not it exists. Undefined where no directory is known to hold one. */
export const userConfigPath = (place: ConfigPlace): string | undefined => {
  const { env, homeDir, configPath, platform = process.platform } = place
  const named = configPath || env.WT_CONFIG_PATH
  if (named) return given(named, place)
  const home = homeDir === undefined ? undefined : join(homeDir, '.config')
  const directory = platform === 'win32' ? directoryFrom(env.APPDATA) : (directoryFrom(env.XDG_CONFIG_HOME) ?? home)
  return directory === undefined ? undefined : join(directory, NAME)
}

const systemDirectories = ({ env, platform = process.platform }: ConfigPlace): readonly (string | undefined)[] => {
  if (platform === 'win32') return [env.PROGRAMDATA]
  const listed = env.XDG_CONFIG_DIRS ?? ''
  if (listed !== '') return listed.split(':')
  return platform === 'darwin' ? [MAC_DIRECTORY, '/etc/xdg'] : ['/etc/xdg']
}

/** Where the machine's configuration may be: the first file that exists is the one. */
export const systemConfigPaths = (place: ConfigPlace): readonly string[] => {
  const named = place.env.WT_SYSTEM_CONFIG_PATH ?? ''
  if (named !== '') return [given(named, place)]
  return systemDirectories(place).flatMap((value) => {
    const directory = directoryFrom(value)
    return directory === undefined ? [] : [join(directory, NAME)]
  })
}

/** Where the project's file is, or why that can't be told. Undefined: there is to be none. */
export const projectConfigPath = (
  env: ConfigPlace['env'],
  root: string | undefined,
): { readonly path: string } | { readonly problem: string } | undefined => {
  const named = env.WT_PROJECT_CONFIG_PATH
  if (named === '') return undefined
  if (named !== undefined && isAbsolute(named)) return { path: named }
  if (root !== undefined) return { path: join(root, named ?? join('.config', 'wt.toml')) }
  return named === undefined
    ? undefined
    : { problem: `WT_PROJECT_CONFIG_PATH is relative (${named}) and there is no worktree` }
}
