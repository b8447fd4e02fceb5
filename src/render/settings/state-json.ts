import type { CiEntry } from '../../core/ci-entry.ts'
import type { BranchMarker, CacheState, LogFile, Logs, RepositoryState } from '../../settings/state/result.ts'

/** The marker of a branch, or null. */
export const markerJson = (marker: BranchMarker | undefined): object | null =>
  marker === undefined ? null : { branch: marker.branch, marker: marker.text, set_at: marker.setAt ?? null }

/** What is remembered of the checks of a branch, or null. */
export const ciJson = (entry: CiEntry | undefined): object | null =>
  entry === undefined
    ? null
    : { branch: entry.branch, status: entry.status, checked_at: entry.checkedAt, head: entry.head }

/** Variables by name. */
export const varsJson = (vars: ReadonlyMap<string, string>): object => Object.fromEntries(vars)

const fileJson = ({ file, path, size, modifiedAt }: LogFile): object => ({ file, path, size, modified_at: modifiedAt })

/** The logs, by what they are about. */
export const logsJson = ({ commands, hooks, diagnostics }: Logs): object => ({
  command_log: commands.map(fileJson),
  hook_output: hooks.map((log) => ({
    ...fileJson(log),
    branch: log.branch ?? null,
    source: log.source,
    hook_type: log.hookType ?? null,
    name: log.name,
  })),
  diagnostic: diagnostics.map(fileJson),
})

/** What can be found again. There is no CI status and there are no summaries yet. */
export const cacheJson = ({ previousBranch, answers, hints }: CacheState): object => ({
  previous_branch: previousBranch ?? null,
  ci_status: [],
  max_pr_number: null,
  summaries: [],
  git_commands_cache: answers,
  hints,
})

/** Everything that is kept about a repository. */
export const everythingJson = (state: RepositoryState): object => ({
  default_branch: state.defaultBranch ?? null,
  remote_head_branch: state.remoteHead ?? null,
  markers: state.markers.map(markerJson),
  vars: state.vars.map(({ branch, name, value }) => ({ branch, key: name, value })),
  ...cacheJson(state),
  ...logsJson(state.logs),
  trash: state.trash.map(({ name, path, modifiedAt }) => ({ name, path, modified_at: modifiedAt })),
})
