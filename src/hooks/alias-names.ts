import type { LoadedConfig } from '../core/config.ts'
import { WtError } from '../core/errors.ts'
import { openRepository } from '../git/repository.ts'
import { loadConfig } from '../host/config-files.ts'
import { type GroundPorts, loadHookConfig, openGround, projectIdFor } from './ground.ts'

/** What configures aliases here. Nothing is thrown for what is broken in it: that is left out, with a warning. */
export interface AliasConfig extends LoadedConfig {
  /** What approvals of this project are kept under; undefined outside of a repository. */
  readonly projectId: string | undefined
  /** Why there is no repository here; aliases need one to run. */
  readonly outside?: WtError
}

/**
 * Reads what configures aliases, without a process where git's configuration is remembered. Outside of a repository it is
 * the user's. Throws only what is no error of ours.
 */
export const loadAliases = async (ports: GroundPorts): Promise<AliasConfig> => {
  const { env, cwd, home, configPath, configSets } = ports
  const request = { env, cwd, homeDir: home, configPath, configSets }
  try {
    const repository = await openRepository(cwd, env)
    const projectId = projectIdFor(repository)
    // At the root of a bare repository the project's file is that of the default branch.
    const loaded =
      repository.settings.main.bare && repository.layout.top === undefined
        ? await loadHookConfig(await openGround(cwd, env), ports)
        : await loadConfig({ ...request, projectRoot: repository.layout.top, projectIds: [projectId] })
    return { ...loaded, projectId }
  } catch (error) {
    if (!(error instanceof WtError)) throw error
    const loaded = await loadConfig({ ...request, projectRoot: undefined, projectIds: [] })
    return { ...loaded, projectId: undefined, outside: error }
  }
}

/** The names of all aliases. */
export const namesOf = ({ config, projectConfig }: Pick<LoadedConfig, 'config' | 'projectConfig'>) =>
  new Set([...config.aliases.keys(), ...projectConfig.aliases.keys()])
