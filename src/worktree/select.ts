import { join } from 'node:path'
import { isBranchName } from '../core/branch-name.ts'
import { WtError } from '../core/errors.ts'
import { type AbsolutePath, type BranchName, branchOf, type RefName } from '../core/ids.ts'
import type { Worktree } from '../core/worktrees.ts'
import { absolute, kindOf } from '../git/paths.ts'
import { previousIn } from '../git/previous.ts'
import { headOf } from '../git/registry.ts'
import { worktreeAt } from '../git/worktrees.ts'
import type { Look } from './look.ts'
import { previousOf } from './places.ts'

/** What an argument that names a branch or a worktree means. */
export type Selected =
  | {
      readonly kind: 'worktree'
      readonly worktree: Worktree
      /** Further worktrees that have the same branch checked out; not where one was named by its path. */
      readonly others: readonly Worktree[]
    }
  /** `rewritten`: it comes from a shortcut. There may be no such branch. */
  | { readonly kind: 'branch'; readonly branch: BranchName; readonly rewritten: boolean }

/** What relative paths and `~` start from. */
export interface SelectPlace {
  readonly cwd: AbsolutePath
  readonly home: AbsolutePath | undefined
}

/** Without slashes at its end, as shells complete directories, unless nothing would be left. */
const trimmed = (token: string): string => token.replace(/(?<=[^/])\/+$/, '')

const defaultBranchOf = ({ defaultBranch }: Look): BranchName => {
  if (defaultBranch !== undefined) return defaultBranch
  throw new WtError('NO_DEFAULT_BRANCH', 'it is not known which branch is the default one', {
    hint: 'to say which: wt config state default-branch set <branch>',
  })
}

const noPrevious = (): WtError =>
  new WtError('NO_PREVIOUS', 'no worktree has been left yet', { hint: 'wt switch remembers the one it leaves' })

/** The branch that HEAD names where the command was called: in a worktree, or in a bare repository's directory. */
const headBranch = ({ current, repository }: Look): BranchName | undefined => {
  if (current !== undefined) return current.branch
  const head = headOf(repository.layout.gitDir)
  // Where refs are kept in a reftable, the file names a branch that can't be.
  const branch = head === undefined ? undefined : branchOf(head as RefName)
  return branch !== undefined && isBranchName(branch) ? branch : undefined
}

/**
 * The branch that a shortcut stands for: `^` the default one, `@` the one at hand, `-` the one left last. Undefined for
 * anything else. Throws NO_DEFAULT_BRANCH, DETACHED_HEAD, NO_PREVIOUS.
 */
export const selectBranch = (look: Look, token: string): BranchName | undefined => {
  refuseBlank(token)
  switch (token) {
    case '^':
      return defaultBranchOf(look)
    case '@': {
      const branch = headBranch(look)
      if (branch !== undefined) return branch
      throw new WtError('DETACHED_HEAD', 'no branch is checked out here', { hint: 'name a branch instead of @' })
    }
    case '-': {
      const { branch } = previousIn(look.repository.settings)
      if (branch !== undefined) return branch
      throw noPrevious()
    }
    default:
      return undefined
  }
}

/** An empty variable of a script must not come to mean the worktree at hand. */
const refuseBlank = (token: string): void => {
  if (token.trim() !== '') return
  throw new WtError('NAME_EMPTY', 'the name of a branch, a worktree or a commit is empty', {
    hint: 'the worktree at hand is @; leave the argument out where it has a default',
    exitCode: 2,
  })
}

const withBranch = ({ worktrees }: Look, branch: BranchName): readonly Worktree[] =>
  worktrees.worktrees.filter((worktree) => worktree.branch === branch)

const byBranch = (look: Look, branch: BranchName, rewritten: boolean): Selected => {
  const [worktree, ...others] = withBranch(look, branch)
  return worktree === undefined ? { kind: 'branch', branch, rewritten } : { kind: 'worktree', worktree, others }
}

/** The worktree at hand; in a git directory that of the branch that its HEAD names. Undefined where there is none. */
export const worktreeAtHand = (look: Look): Worktree | undefined => {
  if (look.current !== undefined) return look.current
  const branch = headBranch(look)
  return branch === undefined ? undefined : withBranch(look, branch)[0]
}

const alone = (worktree: Worktree): Selected => ({ kind: 'worktree', worktree, others: [] })

/** A path as it was typed: relative ones start where the command works, `~` is the home directory. */
export const typedPath = (text: string, { cwd, home }: SelectPlace): AbsolutePath =>
  home !== undefined && /^~(?:\/|$)/.test(text) ? absolute(home, `.${text.slice(1)}`) : absolute(cwd, text)

/** Whether git keeps anything there: a worktree or a repository that is not this one's. */
const holdsGit = (path: string): boolean =>
  kindOf(join(path, '.git')) !== undefined ||
  (kindOf(join(path, 'HEAD')) === 'file' && kindOf(join(path, 'objects')) === 'directory')

const literal = (look: Look, token: string, place: SelectPlace): Selected => {
  const branch = token as BranchName
  const selected = byBranch(look, branch, false)
  if (selected.kind === 'worktree') return selected
  const path = typedPath(token, place)
  const there = worktreeAt(look.worktrees, path)
  if (there !== undefined) return alone(there)
  const noBranch = look.refs.tip(branch) === undefined && !isBranchName(token)
  if (noBranch && kindOf(path) === 'directory' && !holdsGit(path)) {
    throw new WtError('NO_WORKTREE_AT_PATH', `there is no worktree at ${path}`, { hint: 'to see them: wt list' })
  }
  return selected
}

/**
 * Finds what an argument means. A shortcut is never taken for a path; anything else is a branch that has a worktree,
 * then the path of a worktree, then a branch without one (which may not exist). Throws NO_DEFAULT_BRANCH,
 * DETACHED_HEAD, NO_PREVIOUS, NO_WORKTREE_AT_PATH.
 */
export const selectTarget = (look: Look, token: string, place: SelectPlace): Selected => {
  refuseBlank(token)
  const name = trimmed(token)
  if (name === '@' && look.current !== undefined) return alone(look.current)
  if (name === '-') {
    const there = previousOf(look.worktrees, look.repository)
    if (there !== undefined) return alone(there)
  }
  const branch = selectBranch(look, name)
  return branch === undefined ? literal(look, name, place) : byBranch(look, branch, true)
}
