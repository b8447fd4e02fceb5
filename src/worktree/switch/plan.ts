import type { CarriedPath, StagedEntry } from '../../core/carry.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { BranchSource, Effect, Plan } from '../../core/plan.ts'
import { shellWord } from '../../core/shell-word.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { refuse, type SwitchRefusal } from './codes.ts'

/** What is known of the place where a worktree is to be. All of it follows links. */
export interface PathFacts {
  readonly path: AbsolutePath
  /** It was named with `--path`. */
  readonly explicit: boolean
  /** Anything is there, a dangling link included. */
  readonly occupied: boolean
  /** The worktree that is registered for exactly this place, and whether it is really there. */
  readonly registered?: { readonly worktree: Worktree; readonly present: boolean }
  /** It lies in a git directory, or is one. */
  readonly inGit: boolean
  /** It is the repository's root, or a directory above it. */
  readonly holdsRepository: boolean
  /** A registered worktree that lies in it. */
  readonly holds?: AbsolutePath
  /** A registered worktree that it lies in. */
  readonly liesIn?: AbsolutePath
  /** Why no directory can be made there. */
  readonly problem?: string
}

/** What is to be carried along, or why it can't be. */
export type CarryFacts =
  | { readonly kind: 'none-asked' }
  | { readonly kind: 'refused'; readonly why: string; readonly hint: string }
  | {
      readonly kind: 'changes'
      readonly from: AbsolutePath
      readonly paths: readonly CarriedPath[]
      readonly staged: readonly StagedEntry[]
    }

export interface CreationFacts {
  readonly basis: RefSnapshot
  readonly branch: BranchName
  readonly source: BranchSource
  readonly place: PathFacts
  readonly carry: CarryFacts
}

export interface CreationOptions {
  readonly clobber: boolean
  /** The time, for the name of a backup: `YYYYMMDD-HHMMSS`, UTC. */
  readonly stamp: string
}

const nameOf = ({ branch }: Worktree): string =>
  branch === undefined ? 'a detached worktree' : `the worktree of branch ${branch}`

const registeredElsewhere = ({ path, registered }: PathFacts): SwitchRefusal | undefined => {
  if (registered === undefined) return undefined
  const { worktree, present } = registered
  if (!present) {
    const message = `${path} is registered as ${nameOf(worktree)}, and its files are not there`
    return refuse('WORKTREE_STALE', message, 'to forget what is not there any more: git worktree prune')
  }
  const hint =
    worktree.branch === undefined
      ? `to go there: wt switch ${shellWord(path)}`
      : `to go there: wt switch ${shellWord(worktree.branch)}`
  return refuse('PATH_OCCUPIED', `${path} is ${nameOf(worktree)}`, `${hint}; to use another place: --path`)
}

const unsafe = (path: AbsolutePath, why: string): SwitchRefusal =>
  refuse(
    'PATH_UNSAFE',
    `no worktree can be at ${path}: ${why}`,
    'choose another place: --path, or worktree-path in the configuration',
  )

const judgePlace = (place: PathFacts, { clobber }: CreationOptions): SwitchRefusal | undefined => {
  const { path, explicit, occupied, inGit, holdsRepository, holds, liesIn, problem } = place
  const registered = registeredElsewhere(place)
  if (registered !== undefined) return registered
  if (inGit) return unsafe(path, 'it is in a git directory')
  if (holdsRepository) return unsafe(path, 'the repository is in it')
  if (problem !== undefined) return refuse('PATH_INVALID', `no directory can be made at ${path}: ${problem}`)
  if (!occupied) return undefined
  if (holds !== undefined) return unsafe(path, `the worktree ${holds} is in it`)
  if (explicit && liesIn !== undefined) return unsafe(path, `it is there already, in the worktree ${liesIn}`)
  if (clobber) return undefined
  return refuse('PATH_EXISTS', `there is something at ${path} already`, 'to move it out of the way: --clobber')
}

/**
 * Plans a new worktree. The plan names the ids that it starts from; that the branch and the place are still free is asked
 * again under the registry's lock.
 */
export const planCreation = (facts: CreationFacts, options: CreationOptions): Plan | SwitchRefusal => {
  const { basis, branch, source, place, carry } = facts
  const refusal = judgePlace(place, options)
  if (refusal !== undefined) return refusal
  if (carry.kind === 'refused') return refuse('CARRY_REFUSED', carry.why, carry.hint)
  const { path } = place
  const add: Effect = {
    kind: 'add-worktree',
    path,
    branch,
    source,
    ...(place.occupied && { setAside: options.stamp }),
  }
  const moved: readonly Effect[] =
    carry.kind === 'changes' && carry.paths.length > 0
      ? [{ kind: 'carry', from: carry.from, to: path, paths: carry.paths, staged: carry.staged }]
      : []
  return { kind: 'plan', basis, effects: [add, ...moved] }
}

/** What is known of a worktree that is to be entered. */
export interface EntryFacts {
  readonly worktree: Worktree
  /** `gone`: no directory. `unlinked`: a directory without its `.git`. `foreign`: another repository's. */
  readonly state: 'there' | 'gone' | 'unlinked' | 'foreign'
  readonly cure: string | undefined
  /** Where `--path` wants it, if that is another place. */
  readonly elsewhere: AbsolutePath | undefined
}

/** Whether a registered worktree can be entered; undefined if nothing is in the way. */
export const judgeEntry = ({ worktree, state, cure, elsewhere }: EntryFacts): SwitchRefusal | undefined => {
  const { path, locked, broken } = worktree
  const name = nameOf(worktree)
  if (state === 'gone') {
    const hint =
      locked === undefined ? 'git worktree prune' : `git worktree unlock ${shellWord(path)}, then git worktree prune`
    return refuse('WORKTREE_STALE', `${name} is not there: ${path}`, `to forget it: ${hint}`)
  }
  if (state === 'unlinked') {
    return refuse(
      'WORKTREE_STALE',
      `${path} is not ${name} any more: its .git is missing`,
      `to mend it: git worktree repair ${shellWord(path)}`,
    )
  }
  if (elsewhere !== undefined) {
    return refuse('WORKTREE_ELSEWHERE', `${name} is at ${path}, not at ${elsewhere}`, 'leave --path out to go there')
  }
  if (state === 'foreign' && locked === undefined) return undefined
  if (broken === undefined) return undefined
  return refuse('WORKTREE_BROKEN', `${name} at ${path} is broken: ${broken}`, cure)
}
