import { join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import type { Operation } from '../core/worktrees.ts'
import { headOf } from './head-file.ts'
import { type Linkage, linkageOf } from './linkage.ts'
import { kindOf, namesIn, readText, shellQuoted } from './paths.ts'

/** A registered worktree as its files tell it, before refs have been read. */
export interface Registration {
  readonly id: string | undefined
  readonly gitDir: AbsolutePath
  readonly path: AbsolutePath
  /** What HEAD holds: a symbolic ref's target or an id. Undefined when it can't be read. */
  readonly headText: string | undefined
  readonly locked?: { readonly reason: string | undefined }
  readonly prunable?: { readonly reason: string }
  readonly broken?: string
  /** What would mend it, or clear it away; where it is broken. */
  readonly cure?: string
  readonly operation?: Operation
  /** The branch that HEAD goes back to when the operation ends, as the operation has noted it. */
  readonly borrowed?: string
  /** There is a worktree at the path, so that git can be asked about it. */
  readonly present: boolean
}

/** What git is in the middle of, from the files it leaves in the worktree's git directory; in the order of precedence. */
const operationIn = (gitDir: string, names: ReadonlySet<string>): Operation | undefined => {
  if (names.has('MERGE_HEAD')) return 'merge'
  if (names.has('rebase-merge') || names.has('rebase-apply')) return 'rebase'
  if (names.has('CHERRY_PICK_HEAD')) return 'cherry-pick'
  if (names.has('REVERT_HEAD')) return 'revert'
  const next = names.has('sequencer') ? readText(join(gitDir, 'sequencer', 'todo'))?.split(' ')[0] : undefined
  if (next === 'pick' || next === 'revert') return next === 'pick' ? 'cherry-pick' : 'revert'
  return names.has('BISECT_LOG') ? 'bisect' : undefined
}

/** Where a rebase or a bisection has noted which branch it began on; a commit's id when it began detached. */
const borrowedBy = (gitDir: string, operation: Operation | undefined): string | undefined => {
  if (operation === 'bisect') return readText(join(gitDir, 'BISECT_START'))?.trim()
  if (operation !== 'rebase') return undefined
  const name =
    readText(join(gitDir, 'rebase-merge', 'head-name')) ?? readText(join(gitDir, 'rebase-apply', 'head-name'))
  return name?.trim().replace(/^refs\/heads\//, '')
}

type Damage = Required<Pick<Registration, 'broken' | 'cure'>>

/** Only a registration: what it holds besides names is an index and reflogs. */
const cleared = (broken: string, gitDir: string): Damage => ({
  broken,
  cure: `if nothing in it is needed: rm -r ${shellQuoted(gitDir)}`,
})

const HEADLESS = 'its HEAD can’t be read'

const damageOf = (
  { gitDir, path, headText }: Pick<Registration, 'gitDir' | 'path' | 'headText'>,
  names: ReadonlySet<string>,
  linkage: Linkage,
): Damage | undefined => {
  if (headText === undefined) return cleared(HEADLESS, gitDir)
  if (!names.has('commondir')) return cleared('its commondir file is missing', gitDir)
  if (linkage === 'foreign') return cleared('its directory belongs to another repository', gitDir)
  if (linkage !== 'astray') return undefined
  return {
    broken: 'its directory names a repository that is not there',
    cure: `if the repository has moved: git worktree repair ${shellQuoted(path)}`,
  }
}

const stateIn = (
  gitDir: AbsolutePath,
  names: ReadonlySet<string>,
): Pick<Registration, 'headText' | 'operation' | 'borrowed'> => {
  const operation = operationIn(gitDir, names)
  const borrowed = borrowedBy(gitDir, operation)
  return {
    headText: headOf(gitDir),
    ...(operation !== undefined && { operation }),
    ...(borrowed !== undefined && { borrowed }),
  }
}

/** The repository's own worktree. git knows neither locked nor prunable main worktrees. */
export const mainRegistration = (gitDir: AbsolutePath, path: AbsolutePath): Registration => {
  const state = stateIn(gitDir, new Set(namesIn(gitDir)))
  const present = kindOf(path) === 'directory'
  const base = { id: undefined, gitDir, path, present, ...state }
  if (state.headText === undefined) {
    return { ...base, broken: HEADLESS, cure: `it should name a branch: ${join(gitDir, 'HEAD')}` }
  }
  return present ? base : { ...base, broken: 'its directory is missing', cure: `it should be at ${path}` }
}

/** A linked worktree, by its directory under `<common>/worktrees/` and where that says the worktree is. */
export const linkedRegistration = (id: string, gitDir: AbsolutePath, path: AbsolutePath | undefined): Registration => {
  const names = new Set(namesIn(gitDir))
  const state = stateIn(gitDir, names)
  const reason = names.has('locked') ? (readText(join(gitDir, 'locked')) ?? '').trim() : undefined
  const locked = reason === undefined ? {} : { locked: { reason: reason === '' ? undefined : reason } }
  if (path === undefined) {
    return {
      id,
      gitDir,
      path: gitDir,
      present: false,
      ...state,
      ...locked,
      ...cleared('its gitdir file is missing', gitDir),
    }
  }
  const linkage = linkageOf(path, gitDir)
  const prunable = linkage === 'gone' && reason === undefined
  return {
    id,
    gitDir,
    path,
    present: linkage === 'linked',
    ...state,
    ...locked,
    ...(prunable && { prunable: { reason: 'gitdir file points to non-existent location' } }),
    ...damageOf({ gitDir, path, headText: state.headText }, names, linkage),
  }
}
