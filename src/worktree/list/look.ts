import type { Config } from '../../core/config.ts'
import type { GitValues } from '../../core/git-values.ts'
import type { AbsolutePath, RepoId } from '../../core/ids.ts'
import { primaryRemote, projectIdOf } from '../../core/project-id.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { Worktree, WorktreeSnapshot } from '../../core/worktrees.ts'
import type { Environment } from '../../git/environment.ts'
import { findDefaultBranch } from '../../git/find-default-branch.ts'
import type { GitReader } from '../../git/git.ts'
import { isSamePlace } from '../../git/paths.ts'
import { captureRefs } from '../../git/refs.ts'
import { openRepository, type Repository } from '../../git/repository.ts'
import { readStatuses, type WorktreeStatus } from '../../git/status.ts'
import { captureWorktrees } from '../../git/worktrees.ts'
import { loadConfig } from '../../host/config-files.ts'
import { previousOf, primaryOf, worktreeAt } from '../places.ts'
import { mismatchedIn } from './basis.ts'
import type { ListBasis } from './board.ts'
import { parseColumns } from './columns.ts'
import { subjectsOf } from './subjects.ts'

export interface ListPorts {
  readonly env: Environment
  readonly cwd: AbsolutePath
  readonly home: AbsolutePath | undefined
  readonly configPath: string | undefined
  readonly configSets: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface ListOptions {
  readonly branches: boolean
  readonly remotes: boolean
  /** No time budget. */
  readonly full: boolean
  /** Only the worktree at hand. */
  readonly currentOnly?: boolean
  /** The caller draws a table: a wrong `[list] columns` is an error. */
  readonly table?: boolean
}

interface Surroundings {
  readonly basis: ListBasis
  /** Begun, one for each worktree that is really there. */
  readonly statuses: ReadonlyMap<Worktree, Promise<WorktreeStatus>>
  readonly config: Config
  readonly warnings: readonly string[]
}

const complaintsAbout = ({ registrations }: Repository): readonly string[] =>
  registrations.flatMap(({ broken, cure, path }) =>
    broken === undefined
      ? []
      : [`the worktree at ${path} is broken: ${broken}${cure === undefined ? '' : `\n${cure}`}`],
  )

const named = (repository: Repository, defaultBranch: string | undefined, exists: boolean): readonly string[] =>
  defaultBranch === undefined || exists || repository.registrations.length === 0
    ? []
    : [
        `the default branch "${defaultBranch}" does not exist here\nto set another: git config wt.default-branch <branch>`,
      ]

/** The sections called `remote`; a key such as `remote.pushDefault` is in none of them. */
const remotesIn = (settings: GitValues): readonly string[] => {
  const names = settings.keys('remote.').map((key) => key.slice('remote.'.length, key.lastIndexOf('.')))
  return [...new Set(names)].filter((name) => name !== '')
}

/** What each worktree of the list is; undefined where the list is about the one at hand and there is none. */
const listed = (snapshot: WorktreeSnapshot, current: Worktree | undefined, currentOnly: boolean): WorktreeSnapshot =>
  currentOnly ? { ...snapshot, worktrees: current === undefined ? [] : [current] } : snapshot

/**
 * Takes the one look that rows come from: refs and statuses are asked for at once, configuration is read meanwhile.
 * Throws what `openRepository` throws, GIT_FAILED when the refs can't be read, CONFIG_INVALID for wrong columns.
 */
export const lookAround = async (ports: ListPorts, options: ListOptions): Promise<Surroundings> => {
  const { env, cwd, home, configPath, configSets } = ports
  const complaints: string[] = []
  let begunEarly: Promise<RefSnapshot> | undefined
  const readRefs = (git: GitReader, id: RepoId): Promise<RefSnapshot> => {
    const reading = captureRefs(git, id, undefined, (complaint) => void complaints.push(complaint))
    // Someone waits for it later; until then a failure must not count as unheard.
    reading.catch(() => undefined)
    return reading
  }
  const repository = await openRepository(cwd, env, (git, id) => {
    begunEarly = readRefs(git, id)
  })
  const { git, id, layout, settings, registrations } = repository
  const asked = registrations.filter(
    ({ present, broken, gitDir }) =>
      present && broken === undefined && (options.currentOnly !== true || isSamePlace(gitDir, layout.gitDir)),
  )
  const answers = readStatuses(
    git,
    asked.map(({ path }) => path),
  )
  const reading = begunEarly ?? readRefs(git, id)
  const begun = new Map(asked.map(({ gitDir }, at) => [gitDir, answers[at] as Promise<WorktreeStatus>]))
  for (const promise of begun.values()) promise.catch(() => undefined)
  const projectIds = [projectIdOf(primaryRemote(settings)?.url, repository.root)]
  const loaded = await loadConfig({
    env,
    cwd,
    homeDir: home,
    configPath,
    configSets,
    projectRoot: layout.top,
    projectIds,
  })
  const { config } = loaded
  const columns = options.table === true ? parseColumns(config.list.columns) : undefined
  const refs = await reading
  const [snapshot, found] = await Promise.all([
    captureWorktrees(registrations, refs, settings, git),
    findDefaultBranch(repository, refs, { env, lookOnly: options.currentOnly === true }),
  ])
  const defaultBranch = found.kind === 'found' ? found.branch : undefined
  const current = worktreeAt(snapshot, layout.top)
  const remoteNames = remotesIn(settings)
  const shown = listed(snapshot, current, options.currentOnly ?? false)
  const selection = {
    branches: options.branches || config.list.branches,
    remotes: options.remotes || config.list.remotes,
    remoteNames,
  }
  const basis: ListBasis = {
    repository,
    refs,
    snapshot,
    subjects: subjectsOf(
      refs,
      shown,
      options.currentOnly ? { ...selection, branches: false, remotes: false } : selection,
    ),
    remoteNames,
    // Where there is no worktree to describe, nothing is said of the repository either.
    defaultBranch: options.currentOnly === true && current === undefined ? undefined : defaultBranch,
    primary: primaryOf(snapshot, defaultBranch),
    current,
    previous: previousOf(snapshot, repository),
    mismatched: await mismatchedIn(snapshot, repository, config, defaultBranch, home),
    columns,
  }
  const statuses = new Map<Worktree, Promise<WorktreeStatus>>()
  for (const worktree of shown.worktrees) {
    const status = begun.get(worktree.gitDir)
    if (status !== undefined) statuses.set(worktree, status)
  }
  const exists = found.kind !== 'found' || found.exists || snapshot.worktrees.every(({ head }) => head === undefined)
  const warnings = [
    ...complaints.map((complaint) => `git: ${complaint}`),
    ...complaintsAbout(repository),
    ...named(repository, defaultBranch, exists),
    ...loaded.warnings,
  ]
  return { basis, statuses, config, warnings }
}
