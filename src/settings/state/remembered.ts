import { DEFAULT_BRANCH_KEY } from '../../core/default-branch.ts'
import { WtError } from '../../core/errors.ts'
import type { GitValues } from '../../core/git-values.ts'
import { type BranchName, branchRef } from '../../core/ids.ts'
import { findDefaultBranch } from '../../git/find-default-branch.ts'
import { locate } from '../../git/layout.ts'
import { previousIn } from '../../git/previous.ts'
import { captureRefs } from '../../git/refs.ts'
import { openRepository } from '../../git/repository.ts'
import { type StatePorts, settingsAt, writeState } from './place.ts'
import type { Note } from './result.ts'

const HINTS = 'wt.hints.'
const PREVIOUS_KEYS = ['wt.history', 'wt.history-path'] as const

/** The default branch as it is kept; undefined where nothing is. */
export const keptDefaultBranch = (settings: GitValues): BranchName | undefined =>
  (settings.get(DEFAULT_BRANCH_KEY) || undefined) as BranchName | undefined

/** The default branch: as it is kept, else it is found and kept. Throws NO_DEFAULT_BRANCH, and what opening throws. */
export const getDefaultBranch = async (ports: StatePorts): Promise<BranchName> => {
  const repository = await openRepository(ports.cwd, ports.env)
  const kept = keptDefaultBranch(repository.settings)
  if (kept !== undefined) return kept
  const refs = await captureRefs(repository.git, repository.id)
  const found = await findDefaultBranch(repository, refs, { env: ports.env })
  if (found.kind === 'found') return found.branch
  throw new WtError('NO_DEFAULT_BRANCH', 'it can’t be told which branch is the default one', {
    hint: 'to say which: wt config state default-branch set <branch>',
  })
}

/** Keeps a branch as the default one, whether or not it exists. Throws STATE_UNWRITABLE, and what opening throws. */
export const setDefaultBranch = async (ports: StatePorts, branch: BranchName): Promise<readonly Note[]> => {
  const { git, id, layout } = await openRepository(ports.cwd, ports.env)
  const refs = await captureRefs(git, id, [branchRef(branch)])
  await writeState(layout.commonDir, ports, [{ key: DEFAULT_BRANCH_KEY, value: branch }])
  const done: Note = { kind: 'success', text: `the default branch is ${branch} now` }
  if (refs.tip(branch) !== undefined) return [done]
  return [{ kind: 'warning', text: `there is no local branch ${branch}` }, done]
}

/** Forgets the default branch: the next command that needs it finds it again. */
export const clearDefaultBranch = async (ports: StatePorts): Promise<readonly Note[]> => {
  const layout = locate(ports.cwd, ports.env)
  if (keptDefaultBranch(await settingsAt(layout, ports)) === undefined) {
    return [{ kind: 'info', text: 'no default branch is kept' }]
  }
  await writeState(layout.commonDir, ports, [{ key: DEFAULT_BRANCH_KEY, value: undefined }])
  return [{ kind: 'success', text: 'the default branch will be found again' }]
}

/** The branch that `-` stands for; undefined where nothing was left yet, or the worktree was detached. */
export const getPrevious = async (ports: StatePorts): Promise<BranchName | undefined> =>
  previousIn(await settingsAt(locate(ports.cwd, ports.env), ports)).branch

/** Has `-` mean a branch, wherever it is checked out. Throws STATE_UNWRITABLE. */
export const setPrevious = async (ports: StatePorts, branch: BranchName): Promise<readonly Note[]> => {
  const [branchKey, pathKey] = PREVIOUS_KEYS
  await writeState(locate(ports.cwd, ports.env).commonDir, ports, [
    { key: branchKey, value: branch },
    { key: pathKey, value: undefined },
  ])
  return [{ kind: 'success', text: `the previous branch is ${branch} now` }]
}

/** The edits that forget which worktree was left last. */
export const previousEdits = () => PREVIOUS_KEYS.map((key) => ({ key, value: undefined }))

/** Forgets which worktree was left last. Throws STATE_UNWRITABLE. */
export const clearPrevious = async (ports: StatePorts): Promise<readonly Note[]> => {
  await writeState(locate(ports.cwd, ports.env).commonDir, ports, previousEdits())
  return [{ kind: 'success', text: 'no branch is the previous one now' }]
}

/** The names of the hints that have been shown. */
export const hintsIn = (settings: GitValues): readonly string[] =>
  settings.keys(HINTS).map((key) => key.slice(HINTS.length))

/** The names of the hints that have been shown here. */
export const getHints = async (ports: StatePorts): Promise<readonly string[]> =>
  hintsIn(await settingsAt(locate(ports.cwd, ports.env), ports))

/** The edits that forget these hints. */
export const hintEdits = (names: readonly string[]) => names.map((name) => ({ key: HINTS + name, value: undefined }))

/** Has hints shown again: one, or all of them. Throws STATE_UNWRITABLE. */
export const clearHints = async (ports: StatePorts, name: string | undefined): Promise<readonly Note[]> => {
  const { commonDir } = locate(ports.cwd, ports.env)
  const shown = await getHints(ports)
  const names = shown.filter((each) => name === undefined || each === name.toLowerCase())
  if (names.length === 0) {
    return [{ kind: 'info', text: name === undefined ? 'no hint has been shown' : `${name} has not been shown` }]
  }
  await writeState(commonDir, ports, hintEdits(names))
  return [{ kind: 'success', text: `to be shown again: ${names.join(', ')}` }]
}
