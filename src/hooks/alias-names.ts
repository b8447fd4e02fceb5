import { WtError } from '../core/errors.ts'
import { openRepository } from '../git/repository.ts'
import { loadConfig } from '../host/config-files.ts'
import { type GroundPorts, loadHookConfig, openGround, projectIdFor } from './ground.ts'

/** The aliases that there are, and what is wrong with the configuration that was to say so. */
export interface AliasNames {
  readonly names: ReadonlySet<string>
  readonly warnings: readonly string[]
  /** Why there is no repository here; aliases need one. */
  readonly outside?: WtError
}

/**
 * Reads which aliases there are, without a process where git's configuration is remembered. Outside of a repository they are
 * those of the user. Throws only what is no error of ours.
 */
export const aliasNames = async (ports: GroundPorts): Promise<AliasNames> => {
  const { env, cwd, home, configPath, configSets } = ports
  const request = { env, cwd, homeDir: home, configPath, configSets }
  try {
    const repository = await openRepository(cwd, env)
    const projectIds = [projectIdFor(repository)]
    // At the root of a bare repository the project's file is that of the default branch.
    const { config, projectConfig, warnings } =
      repository.settings.main.bare && repository.layout.top === undefined
        ? await loadHookConfig(await openGround(cwd, env), ports)
        : await loadConfig({ ...request, projectRoot: repository.layout.top, projectIds })
    return { names: new Set([...config.aliases.keys(), ...projectConfig.aliases.keys()]), warnings }
  } catch (error) {
    if (!(error instanceof WtError)) throw error
    const { config, warnings } = await loadConfig({ ...request, projectRoot: undefined, projectIds: [] })
    return { names: new Set(config.aliases.keys()), warnings, outside: error }
  }
}
