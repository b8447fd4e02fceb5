import { basename } from 'node:path'
import type { LoadedConfig } from '../core/config.ts'
import { type AbsolutePath, type BranchName, shortRefName } from '../core/ids.ts'
import { parseRemoteUrl, primaryRemote, projectIdOf } from '../core/project-id.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import { primaryOf, type Worktree, type WorktreeSnapshot } from '../core/worktrees.ts'
import type { Environment } from '../git/environment.ts'
import { findDefaultBranch } from '../git/find-default-branch.ts'
import { branchAtHand } from '../git/head-branch.ts'
import { canonical } from '../git/paths.ts'
import { findProjectFile } from '../git/project-file.ts'
import { captureRefs } from '../git/refs.ts'
import { openRepository, type Repository } from '../git/repository.ts'
import { loadSettings } from '../git/settings.ts'
import { storedVars } from '../git/stored-vars.ts'
import { captureWorktrees, worktreeAt } from '../git/worktrees.ts'
import { loadConfig } from '../host/config-files.ts'
import type { TemplateFunctions } from '../template/variables.ts'
import { worktreePaths } from '../template/worktree-path.ts'
import type { HookPorts } from './ports.ts'
import type { HookEvent } from './result.ts'
import type { ActiveVariables, RepositoryVariables } from './variables.ts'

/** What hooks look at of a repository. A command that has looked already hands in what it has. */
export interface HookGround {
  readonly repository: Repository
  readonly refs: RefSnapshot
  readonly snapshot: WorktreeSnapshot
  readonly defaultBranch: BranchName | undefined
}

export interface GroundPorts {
  readonly env: Environment
  readonly cwd: AbsolutePath
  readonly home: AbsolutePath | undefined
  readonly configPath: string | undefined
  readonly configSets: readonly string[]
}

/** Where a command that takes no worktree works: `current` is the one around it. */
export interface GroundHere extends HookGround {
  readonly current: Worktree | undefined
  /** The branch at hand: in a git directory, as that of a bare repository, the one that HEAD names. */
  readonly branch: BranchName | undefined
}

/** Looks at the repository around a directory, for a command that has no other reason to. */
export const openGround = async (cwd: AbsolutePath, env: Environment): Promise<GroundHere> => {
  const repository = await openRepository(cwd, env)
  const refs = await captureRefs(repository.git, repository.id)
  const [snapshot, found] = await Promise.all([
    captureWorktrees(repository.registrations, refs, repository.settings, repository.git),
    findDefaultBranch(repository, refs, { env }),
  ])
  const defaultBranch = found.kind === 'found' ? found.branch : undefined
  const current = worktreeAt(snapshot, repository.layout.top)
  const branch = current === undefined ? await branchAtHand(repository.layout, env) : current.branch
  return { repository, refs, snapshot, defaultBranch, current, branch }
}

/** What settings and approvals of a repository are kept under. */
export const projectIdFor = ({ settings, root }: Repository): string =>
  projectIdOf(primaryRemote(settings)?.url, canonical(root))

/** The configuration of the worktree that `wt` was started in. Throws CONFIG_INVALID: what would run is not guessed. */
export const loadHookConfig = async (ground: HookGround, ports: GroundPorts): Promise<LoadedConfig> => {
  const { env, cwd, home, configPath, configSets } = ports
  return loadConfig({
    env,
    cwd,
    homeDir: home,
    configPath,
    configSets,
    projectIds: [projectIdFor(ground.repository)],
    strict: true,
    ...(await findProjectFile(ground)),
  })
}

/** What every hook knows of the repository. */
export const repositoryVariables = ({ repository, snapshot, defaultBranch }: HookGround): RepositoryVariables => {
  const remote = primaryRemote(repository.settings)
  const location = parseRemoteUrl(remote?.url ?? '')
  return {
    repo: basename(repository.root),
    repo_path: repository.root,
    owner: location?.owner,
    remote_repo: location?.repo,
    remote: remote?.name,
    remote_url: remote?.url,
    default_branch: defaultBranch,
    primary_worktree_path: primaryOf(snapshot, defaultBranch)?.path,
  }
}

/** Letters of a shortened id, where git is not told otherwise. */
const SHORT = 7

/** What every hook knows of the worktree that it is about, as it was when `ground` was looked at. */
export const activeVariables = (
  { refs, repository }: Pick<HookGround, 'refs' | 'repository'>,
  { path, branch, head }: Pick<Worktree, 'path' | 'branch' | 'head'>,
): ActiveVariables => {
  const upstream = branch === undefined ? undefined : refs.upstreamOf(branch)
  const asked = Number(repository.settings.get('core.abbrev'))
  return {
    branch,
    worktree_path: path,
    worktree_name: basename(path),
    commit: head,
    short_commit: head?.slice(0, Number.isInteger(asked) && asked >= 4 ? asked : SHORT),
    upstream: upstream === undefined ? undefined : shortRefName(upstream),
  }
}

/** The functions of templates that answer with paths of branches. */
export const branchFunctions = async (
  { repository, snapshot, defaultBranch }: HookGround,
  worktreePath: string,
  home: AbsolutePath | undefined,
): Promise<TemplateFunctions> => {
  const { root: repoPath, settings } = repository
  const location = parseRemoteUrl(primaryRemote(settings)?.url ?? '')
  const place = { repoPath, repo: basename(repoPath), owner: location?.owner, remoteRepo: location?.repo, home }
  const pathOf = await worktreePaths(worktreePath, place)
  return {
    worktree_path_of_branch: (name) => snapshot.worktrees.find(({ branch }) => branch === name)?.path ?? '',
    expected_worktree_path_of_branch: (name) => {
      if (name === defaultBranch && !snapshot.bare) return repoPath
      const placed = pathOf(name as BranchName)
      return placed.kind === 'path' ? placed.path : ''
    },
  }
}

/** What runs hooks, for a command that has looked at `ground` and read its configuration. */
export const hookPorts = async (
  ground: HookGround,
  { config }: LoadedConfig,
  process: {
    readonly env: Environment
    readonly home: AbsolutePath | undefined
    readonly now: () => number
    readonly shellCwd: string | undefined
    readonly words: readonly string[]
    readonly say: (event: HookEvent) => void
  },
): Promise<HookPorts> => {
  const { repository } = ground
  const { git, layout } = repository
  const { home } = process
  return {
    ...process,
    commonDir: layout.commonDir,
    // Asked for anew each time: a step may have stored something for the next one.
    readVars: async (branch) => storedVars(await loadSettings(git, layout, process.env), branch),
    functions: await branchFunctions(ground, config.worktreePath, home),
    settings: { worktreePath: config.worktreePath, home },
  }
}
