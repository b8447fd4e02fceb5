import type { Config, ProjectConfig } from '../core/config.ts'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import { primaryRemote, projectIdOf } from '../core/project-id.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import { primaryOf, type Worktree, type WorktreeSnapshot } from '../core/worktrees.ts'
import { finishConfigWork } from '../git/config-file.ts'
import type { Environment } from '../git/environment.ts'
import { findDefaultBranch } from '../git/find-default-branch.ts'
import { openWithRefs } from '../git/open-with-refs.ts'
import { captureRefs } from '../git/refs.ts'
import { readRegistry } from '../git/registry.ts'
import type { Repository } from '../git/repository.ts'
import { captureWorktrees, worktreeAt } from '../git/worktrees.ts'
import { loadConfig } from '../host/config-files.ts'
import { importNotice } from '../host/foreign-config.ts'

/** What a command that works on a repository is given by the process that it runs in. */
export interface LookPorts {
  readonly env: Environment
  readonly cwd: AbsolutePath
  readonly home: AbsolutePath | undefined
  readonly configPath: string | undefined
  readonly configSets: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A repository at one moment. After a write it tells the past: take another with `lookAgain`. */
export interface Look {
  readonly repository: Repository
  readonly refs: RefSnapshot
  readonly worktrees: WorktreeSnapshot
  /** By name only: whether there is a local branch of that name is the snapshot's to say. */
  readonly defaultBranch: BranchName | undefined
  /** The worktree that the command was called in. */
  readonly current: Worktree | undefined
  readonly primary: Worktree | undefined
  readonly config: Config
  readonly projectConfig: ProjectConfig
  readonly warnings: readonly string[]
}

const worktreesOf = (
  { refs, worktrees }: Pick<Look, 'refs' | 'worktrees'>,
  repository: Repository,
  defaultBranch: BranchName | undefined,
): Pick<Look, 'refs' | 'worktrees' | 'current' | 'primary'> => ({
  refs,
  worktrees,
  current: worktreeAt(worktrees, repository.layout.top),
  primary: primaryOf(worktrees, defaultBranch),
})

interface LookOptions {
  /** Nothing that was found out is kept, and no remote is asked. */
  readonly lookOnly?: boolean
  /** Throw CONFIG_INVALID for a configuration that can't be used, as where something would be put in a wrong place. */
  readonly strict?: boolean | 'user'
}

/**
 * Opens the repository and reads refs, worktrees and configuration: one `git for-each-ref`, and nothing else where git's
 * configuration is remembered. Throws what `openRepository` throws, GIT_FAILED when the refs can't be read, and
 * CONFIG_INVALID if asked to.
 */
export const lookAt = async (
  ports: LookPorts,
  { lookOnly = false, strict = false }: LookOptions = {},
): Promise<Look> => {
  const { env, cwd, home, configPath, configSets } = ports
  const { repository, readRefs, complaints } = await openWithRefs(cwd, env)
  const { git, layout, settings, registrations, root } = repository
  const projectIds = [projectIdOf(primaryRemote(settings)?.url, root)]
  const [refs, { config, projectConfig, warnings }] = await Promise.all([
    readRefs(),
    loadConfig({ env, cwd, homeDir: home, configPath, configSets, projectRoot: layout.top, projectIds, strict }),
  ])
  if (!lookOnly) await finishConfigWork({ commonDir: layout.commonDir, env }, refs)
  const [worktrees, found] = await Promise.all([
    captureWorktrees(registrations, refs, settings, git),
    findDefaultBranch(repository, refs, { env, lookOnly }),
  ])
  const defaultBranch = found.kind === 'found' ? found.branch : undefined
  const seen = worktreesOf({ refs, worktrees }, repository, defaultBranch)
  const notice = lookOnly ? undefined : importNotice({ env, cwd, homeDir: home, configPath })
  const told = notice === undefined ? warnings : [...warnings, notice]
  return { repository, defaultBranch, ...seen, config, projectConfig, warnings: [...complaints, ...told] }
}

/** The same repository as it is now. `refs` spares the process where a snapshot was just taken. */
export const lookAgain = async (look: Look, refs?: RefSnapshot): Promise<Look> => {
  const { git, id, layout, settings } = look.repository
  const fresh = refs ?? (await captureRefs(git, id))
  const registrations = readRegistry(layout, settings)
  const repository = { ...look.repository, registrations }
  const worktrees = await captureWorktrees(registrations, fresh, settings, git)
  return { ...look, repository, ...worktreesOf({ refs: fresh, worktrees }, repository, look.defaultBranch) }
}
