import { join, relative, sep } from 'node:path'
import type { Worktree } from '../../core/worktrees.ts'
import type { StatusEntry } from '../../git/parse-status.ts'
import { canonical } from '../../git/paths.ts'
import { readStatus } from '../../git/status.ts'
import type { Look } from '../look.ts'
import type { Landing } from './landing.ts'
import type { WorkState } from './plan.ts'

/** Other registered worktrees that lie in this one, by their paths in it. */
export const nestedIn = ({ worktrees }: Look, { path, gitDir }: Worktree): readonly string[] => {
  const top = canonical(path)
  return worktrees.worktrees
    .filter((other) => other.gitDir !== gitDir && other.prunable === undefined)
    .map((other) => relative(top, canonical(other.path)))
    .filter((inside) => inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`))
}

const stateOf = (entries: readonly StatusEntry[], nested: readonly string[]): WorkState => {
  const paths = (fits: (entry: StatusEntry) => boolean): readonly string[] =>
    entries.filter(fits).map(({ path }) => path)
  const own = (path: string): boolean => !nested.some((inside) => path === `${inside}/` || path === inside)
  return {
    unmerged: paths(({ unmerged }) => unmerged),
    staged: paths(({ xy, unmerged }) => !unmerged && xy !== '??' && xy[0] !== '.'),
    unstaged: paths(({ xy, unmerged }) => !unmerged && xy !== '??' && xy[1] !== '.'),
    untracked: paths(({ xy, path }) => xy === '??' && own(path)),
  }
}

/** What is not committed in the worktree whose work lands; by another index if `env` names one. */
export const readWorkState = async (
  { look, source }: Landing,
  env: Readonly<Record<string, string>> = {},
): Promise<WorkState> => {
  const { entries } = await readStatus(look.repository.git, source.path, env)
  return stateOf(entries, nestedIn(look, source))
}

/** The index file of a worktree. */
export const indexOf = ({ gitDir }: Worktree): string => join(gitDir, 'index')
