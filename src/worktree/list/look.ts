import type { Config } from '../../core/config.ts'
import { primaryRemote, projectIdOf } from '../../core/project-id.ts'
import { remotesIn } from '../../core/remotes.ts'
import type { Worktree, WorktreeSnapshot } from '../../core/worktrees.ts'
import { findDefaultBranch } from '../../git/find-default-branch.ts'
import { openWithRefs } from '../../git/open-with-refs.ts'
import { isSamePlace } from '../../git/paths.ts'
import type { Repository } from '../../git/repository.ts'
import { readStatuses, type WorktreeStatus } from '../../git/status.ts'
import { captureWorktrees, worktreeAt } from '../../git/worktrees.ts'
import { loadConfig } from '../../host/config-files.ts'
import { importNotice } from '../../host/foreign-config.ts'
import type { LookPorts } from '../look.ts'
import { firstOf, previousOf } from '../places.ts'
import { mismatchedIn } from './basis.ts'
import type { ListBasis } from './board.ts'
import { parseColumns } from './columns.ts'
import { fillCustomColumns } from './custom-columns.ts'
import { subjectsOf } from './subjects.ts'

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
        `the default branch "${defaultBranch}" does not exist here\nto set another: wt config state default-branch set <branch>`,
      ]

/** What each worktree of the list is; undefined where the list is about the one at hand and there is none. */
const listed = (snapshot: WorktreeSnapshot, current: Worktree | undefined, currentOnly: boolean): WorktreeSnapshot =>
  currentOnly ? { ...snapshot, worktrees: current === undefined ? [] : [current] } : snapshot

/**
 * Takes the one look that rows come from: refs and statuses are asked for at once, configuration is read meanwhile.
 * Throws what `openRepository` throws, GIT_FAILED when the refs can't be read, CONFIG_INVALID for wrong columns.
 */
export const lookAround = async (ports: LookPorts, options: ListOptions): Promise<Surroundings> => {
  const { env, cwd, home, configPath, configSets } = ports
  const { repository, readRefs, complaints } = await openWithRefs(cwd, env)
  const { git, layout, settings, registrations } = repository
  const asked = registrations.filter(
    ({ present, broken, gitDir }) =>
      present && broken === undefined && (options.currentOnly !== true || isSamePlace(gitDir, layout.gitDir)),
  )
  const answers = readStatuses(
    git,
    asked.map(({ path }) => path),
  )
  const reading = readRefs()
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
  const customColumns = options.currentOnly === true ? [] : config.list.customColumns
  const headers = customColumns.map(({ header }) => header)
  const columns = options.table === true ? parseColumns(config.list.columns, headers) : undefined
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
  const subjects = subjectsOf(
    refs,
    shown,
    options.currentOnly ? { ...selection, branches: false, remotes: false } : selection,
  )
  const basis: ListBasis = {
    repository,
    refs,
    snapshot,
    subjects,
    remoteNames,
    // Where there is no worktree to describe, nothing is said of the repository either.
    defaultBranch: options.currentOnly === true && current === undefined ? undefined : defaultBranch,
    primary: firstOf(snapshot, defaultBranch),
    current,
    previous: previousOf(snapshot, repository),
    mismatched: await mismatchedIn(snapshot, repository, config, defaultBranch, home),
    columns,
    customColumns,
    custom: await fillCustomColumns(customColumns, subjects, repository),
  }
  const statuses = new Map<Worktree, Promise<WorktreeStatus>>()
  for (const worktree of shown.worktrees) {
    const status = begun.get(worktree.gitDir)
    if (status !== undefined) statuses.set(worktree, status)
  }
  const exists = found.kind !== 'found' || found.exists || snapshot.worktrees.every(({ head }) => head === undefined)
  const notice = options.currentOnly === true ? undefined : importNotice({ env, cwd, homeDir: home, configPath })
  const warnings = [
    ...complaints,
    ...complaintsAbout(repository),
    ...named(repository, defaultBranch, exists),
    ...loaded.warnings,
    ...(notice === undefined ? [] : [notice]),
  ]
  return { basis, statuses, config, warnings }
}
