import type { AbsolutePath, RepoId } from '../core/ids.ts'
import type { Environment } from './environment.ts'
import { type GitReader, openGit } from './git.ts'
import { locate, placeOf, type RepositoryLayout } from './layout.ts'
import { type Registration, readRegistry } from './registry.ts'
import { type GitSettings, loadSettings } from './settings.ts'

/** A repository as a command finds it: where it lies, how it is set up, which worktrees are registered. */
export interface Repository {
  readonly id: RepoId
  readonly layout: RepositoryLayout
  readonly git: GitReader
  readonly settings: GitSettings
  readonly registrations: readonly Registration[]
  /** What path templates call `repo_path`: the main worktree, or the directory of a bare repository. */
  readonly root: AbsolutePath
}

/** git refuses to look at a worktree where `core.bare` is set by mistake, unless it is told where that is. */
const withMain = (git: GitReader, { path, gitDir }: Registration): GitReader => {
  const env = { GIT_DIR: gitDir, GIT_WORK_TREE: path }
  const told: GitReader['read'] = (args, options = {}) =>
    git.read(args, (options.cwd ?? git.cwd) === path ? { ...options, env: { ...env, ...options.env } } : options)
  return {
    cwd: git.cwd,
    read: told,
    readEach: (args, directories) => directories.map(async (cwd) => (await told(args, { cwd })).stdout),
  }
}

/**
 * Opens the repository around a directory. Where git has to be asked for its configuration, `meanwhile` is called with
 * the reader, for questions that do not depend on it. Throws NOT_A_REPOSITORY, GIT_MISSING, GIT_TOO_OLD, GIT_FAILED.
 */
export const openRepository = async (
  from: AbsolutePath,
  env: Environment,
  meanwhile: (git: GitReader, id: RepoId) => void = () => undefined,
): Promise<Repository> => {
  const layout = locate(from, env)
  const git = openGit(placeOf(layout), env)
  const id = layout.commonDir as string as RepoId
  const settings = await loadSettings(git, layout, env, () => meanwhile(git, id))
  const registrations = readRegistry(layout, settings)
  const main = registrations.find(({ id }) => id === undefined)
  return {
    id,
    layout,
    git: settings.main.bare && main !== undefined ? withMain(git, main) : git,
    settings,
    registrations,
    root: main?.path ?? layout.commonDir,
  }
}
