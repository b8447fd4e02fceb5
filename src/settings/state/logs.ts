import { WtError } from '../../core/errors.ts'
import type { RepoId } from '../../core/ids.ts'
import { type AbsolutePath, type BranchName, branchOf } from '../../core/ids.ts'
import { safeFileName } from '../../core/name-hash.ts'
import { openGit } from '../../git/git.ts'
import { locate, placeOf, type RepositoryLayout } from '../../git/layout.ts'
import { captureRefs } from '../../git/refs.ts'
import { clearLogs, logDirectory, logFilesIn, type StateFile } from '../../git/state-files.ts'
import type { StatePorts } from './place.ts'
import type { HookLog, Logs, Note } from './result.ts'

const COMMANDS = /^commands\.jsonl(?:\.old)?$/

/** `<branch>/<user|project>/<hook type>/<name>.log`, or `<branch>/internal/<name>.log`. */
const HOOK = /^([^/]+)\/(?:(user|project)\/([^/]+)|(internal))\/([^/]+)\.log$/s

type Unnamed = Omit<HookLog, 'branch'> & { readonly directory: string }

const hookLog = (entry: StateFile): Unnamed | undefined => {
  const [, directory, source, hookType, internal, name] = HOOK.exec(entry.file) ?? []
  if (directory === undefined || name === undefined) return undefined
  return { ...entry, directory, source: internal === undefined ? (source as 'user') : 'internal', hookType, name }
}

/** Which local branch writes to which directory; those that several write to are nobody's. */
const writersOf = async (
  layout: RepositoryLayout,
  env: StatePorts['env'],
): Promise<ReadonlyMap<string, BranchName>> => {
  const refs = await captureRefs(openGit(placeOf(layout), env), layout.commonDir as string as RepoId)
  const writers = new Map<string, BranchName>()
  const shared = new Set<string>()
  for (const { name } of refs.entries()) {
    const branch = branchOf(name)
    if (branch === undefined) continue
    const directory = safeFileName(branch)
    if (writers.has(directory)) shared.add(directory)
    writers.set(directory, branch)
  }
  for (const directory of shared) writers.delete(directory)
  return writers
}

/** The logs of a repository. Refs are read only where there are logs of branches. Throws GIT_FAILED. */
export const logsOf = async (layout: RepositoryLayout, env: StatePorts['env']): Promise<Logs> => {
  const files = logFilesIn(layout.commonDir)
  const hooks = files.flatMap((file) => hookLog(file) ?? [])
  const writers = hooks.length === 0 ? undefined : await writersOf(layout, env)
  const told = new Set(hooks.map(({ file }) => file))
  return {
    directory: logDirectory(layout.commonDir),
    commands: files.filter(({ file }) => COMMANDS.test(file)),
    hooks: hooks.map(({ directory, ...log }) => ({ ...log, branch: writers?.get(directory) })),
    diagnostics: files.filter(({ file }) => !COMMANDS.test(file) && !told.has(file)),
  }
}

/** The logs of the repository at hand. Throws NOT_A_REPOSITORY, GIT_FAILED. */
export const getLogs = (ports: StatePorts): Promise<Logs> => logsOf(locate(ports.cwd, ports.env), ports.env)

/** Says of a directory below `<common>/wt` that not all of it could be deleted. */
export const notCleared = (what: string, commonDir: AbsolutePath): WtError =>
  new WtError('STATE_UNWRITABLE', `not all of ${commonDir}/wt/${what} could be deleted`, {
    hint: 'see who may write there, and try again',
  })

/** Deletes the logs. Throws NOT_A_REPOSITORY, STATE_UNWRITABLE. */
export const clearLogFiles = (ports: StatePorts): readonly Note[] => {
  const { commonDir } = locate(ports.cwd, ports.env)
  const count = logFilesIn(commonDir).length
  if (!clearLogs(commonDir)) throw notCleared('logs', commonDir)
  if (count === 0) return [{ kind: 'info', text: 'there are no logs' }]
  return [{ kind: 'success', text: `deleted ${count} ${count === 1 ? 'log' : 'logs'}` }]
}
