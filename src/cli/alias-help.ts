import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from '../git/environment.ts'
import { locate } from '../git/layout.ts'
import { loadConfig } from '../host/config-files.ts'
import { sanitize } from '../render/sanitize.ts'
import type { Context } from './context.ts'

const rootOf = (cwd: AbsolutePath, env: Environment): AbsolutePath | undefined => {
  try {
    return locate(cwd, env).top
  } catch {
    return undefined
  }
}

/** From files alone: help asks nothing of git, and so knows none of `[projects]`. */
const configuredAliases = async ({ env, home, startedIn: cwd }: Context): Promise<readonly string[]> => {
  if (cwd === undefined) return []
  const place = { env, cwd, homeDir: home, configPath: undefined, configSets: [] }
  const { config, projectConfig } = await loadConfig({ ...place, projectRoot: rootOf(cwd, env), projectIds: [] })
  return [...new Set([...config.aliases.keys(), ...projectConfig.aliases.keys()])].sort()
}

/** The aliases that are configured here, for the end of a help text; nothing where there are none, or where they can't be read. */
export const aliasHelp = async (topic: readonly string[], context: Context): Promise<string> => {
  if (!['', 'step'].includes(topic.join(' '))) return ''
  const names = await configuredAliases(context).catch(() => [])
  return names.length === 0 ? '' : `\nALIASES\n${names.map((name) => `  ${sanitize(name)}\n`).join('')}`
}
