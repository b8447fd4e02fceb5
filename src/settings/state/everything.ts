import { allMarkers, allVars, markerKey, varKey } from '../../core/branch-state.ts'
import { DEFAULT_BRANCH_KEY } from '../../core/default-branch.ts'
import type { ConfigEdit } from '../../core/git-config-text.ts'
import type { BranchName, RefName, RepoId } from '../../core/ids.ts'
import { primaryRemote } from '../../core/project-id.ts'
import { openGit } from '../../git/git.ts'
import { locate, placeOf, type RepositoryLayout } from '../../git/layout.ts'
import { previousIn } from '../../git/previous.ts'
import { captureRefs } from '../../git/refs.ts'
import type { GitSettings } from '../../git/settings.ts'
import {
  clearCache,
  clearLogs,
  clearTrash,
  logFilesIn,
  rememberedAnswers,
  trashDirectory,
  trashIn,
} from '../../git/state-files.ts'
import { logsOf, notCleared } from './logs.ts'
import { type StatePorts, settingsAt, writeState } from './place.ts'
import { hintEdits, hintsIn, keptDefaultBranch, previousEdits } from './remembered.ts'
import type { CacheState, Note, RepositoryState } from './result.ts'

const cacheState = ({ commonDir }: RepositoryLayout, settings: GitSettings): CacheState => ({
  previousBranch: previousIn(settings).branch,
  answers: rememberedAnswers(commonDir),
  hints: hintsIn(settings),
})

/** What is remembered and can be found again. Throws NOT_A_REPOSITORY, and what git's settings throw. */
export const getCache = async (ports: StatePorts): Promise<CacheState> => {
  const layout = locate(ports.cwd, ports.env)
  return cacheState(layout, await settingsAt(layout, ports))
}

/** What the local copy of the primary remote's HEAD names. */
const remoteHead = async (
  layout: RepositoryLayout,
  settings: GitSettings,
  env: StatePorts['env'],
): Promise<BranchName | undefined> => {
  const remote = primaryRemote(settings)?.name
  if (remote === undefined) return undefined
  const prefix = `refs/remotes/${remote}/`
  const name = `${prefix}HEAD` as RefName
  const refs = await captureRefs(openGit(placeOf(layout), env), layout.commonDir as string as RepoId, [name])
  const target = refs.entry(name)?.symref
  return target?.startsWith(prefix) ? (target.slice(prefix.length) as BranchName) : undefined
}

/** Everything that is kept. Nothing is looked for that is not. Throws NOT_A_REPOSITORY, GIT_FAILED. */
export const getEverything = async (ports: StatePorts): Promise<RepositoryState> => {
  const layout = locate(ports.cwd, ports.env)
  const settings = await settingsAt(layout, ports)
  const [head, logs] = await Promise.all([remoteHead(layout, settings, ports.env), logsOf(layout, ports.env)])
  return {
    ...cacheState(layout, settings),
    defaultBranch: keptDefaultBranch(settings),
    remoteHead: head,
    markers: allMarkers(settings).filter(({ text }) => text !== ''),
    vars: allVars(settings),
    logs,
    trashDirectory: trashDirectory(layout.commonDir),
    trash: trashIn(layout.commonDir),
  }
}

/** Forgets what can be found again, the previous branch and the hints. Markers, variables and the default branch stay. */
export const clearCacheState = async (ports: StatePorts): Promise<readonly Note[]> => {
  const layout = locate(ports.cwd, ports.env)
  const settings = await settingsAt(layout, ports)
  await writeState(layout.commonDir, ports, [...previousEdits(), ...hintEdits(hintsIn(settings))])
  if (!clearCache(layout.commonDir)) throw notCleared('cache', layout.commonDir)
  return [{ kind: 'success', text: 'cleared what is remembered: the previous branch, hints, answers about objects' }]
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

/** What `clearEverything` would clear, in words; empty when there is nothing. */
export const foreseeClearing = async (ports: StatePorts): Promise<readonly string[]> => {
  const layout = locate(ports.cwd, ports.env)
  const settings = await settingsAt(layout, ports)
  const { previousBranch, answers, hints } = cacheState(layout, settings)
  const [defaultBranch, logs] = [keptDefaultBranch(settings), logFilesIn(layout.commonDir).length]
  const [markers, vars, trash] = [allMarkers(settings), allVars(settings), trashIn(layout.commonDir)]
  return [
    defaultBranch === undefined ? '' : `the default branch (${defaultBranch}); it will be found again`,
    previousBranch === undefined ? '' : `the previous branch (${previousBranch})`,
    markers.length === 0
      ? ''
      : `${counted(markers.length, 'marker')}: ${markers.map(({ branch }) => branch).join(', ')}`,
    vars.length === 0
      ? ''
      : `${counted(vars.length, 'variable')}: ${vars.map(({ branch, name }) => `${name} of ${branch}`).join(', ')}`,
    hints.length === 0 ? '' : `${counted(hints.length, 'hint')}: ${hints.join(', ')}`,
    answers === 0 ? '' : `${counted(answers, 'answer')} about objects`,
    logs === 0 ? '' : counted(logs, 'log'),
    trash.length === 0 ? '' : `the trash: ${trash.map(({ name }) => name).join(', ')}`,
  ].filter((line) => line !== '')
}

/** Clears all that is kept, but for backups (`refs/wt-backup`), the journal and what the trash still owes somebody. */
export const clearEverything = async (ports: StatePorts): Promise<readonly Note[]> => {
  const layout = locate(ports.cwd, ports.env)
  const { commonDir } = layout
  const what = await foreseeClearing(ports)
  const settings = await settingsAt(layout, ports)
  const edits: readonly ConfigEdit[] = [
    { key: DEFAULT_BRANCH_KEY, value: undefined },
    ...previousEdits(),
    ...hintEdits(hintsIn(settings)),
    ...allMarkers(settings).map(({ branch }) => ({ key: markerKey(branch), value: undefined })),
    ...allVars(settings).map(({ branch, name }) => ({ key: varKey(branch, name), value: undefined })),
  ]
  await writeState(commonDir, ports, edits)
  if (!clearLogs(commonDir)) throw notCleared('logs', commonDir)
  const left = clearTrash(commonDir)
  if (!clearCache(commonDir)) throw notCleared('cache', commonDir)
  if (what.length === 0) return [{ kind: 'info', text: 'there is no state to clear' }]
  return [
    ...what.map((text): Note => ({ kind: 'success', text: `cleared ${text}` })),
    ...left.map((entry): Note => ({ kind: 'warning', text: `still in the trash: ${entry.path}` })),
  ]
}
