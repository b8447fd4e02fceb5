import { accessSync, constants, lstatSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import { parseRemoteUrl, primaryRemote } from '../../core/project-id.ts'
import { isOccupied } from '../../git/add-worktree.ts'
import { absolute, canonical, kindOf, onDisk } from '../../git/paths.ts'
import { worktreePaths } from '../../template/worktree-path.ts'
import type { Look } from '../look.ts'
import { type SelectPlace, typedPath } from '../select.ts'
import { refuse, type SwitchRefusal } from './codes.ts'
import type { PathFacts } from './plan.ts'

/** What the path template is filled in with, apart from the branch. */
export const pathPlace = ({ repository }: Look, home: AbsolutePath | undefined) => {
  const { root: repoPath, settings } = repository
  const location = parseRemoteUrl(primaryRemote(settings)?.url ?? '')
  return { repoPath, repo: basename(repoPath), owner: location?.owner, remoteRepo: location?.repo, home }
}

/** Where the configured template puts a branch. */
export const templatedPath = async (
  look: Look,
  branch: BranchName,
  home: AbsolutePath | undefined,
): Promise<AbsolutePath | SwitchRefusal> => {
  const placed = (await worktreePaths(look.config.worktreePath, pathPlace(look, home)))(branch)
  if (placed.kind === 'path') return placed.path
  return refuse('PATH_INVALID', placed.message, 'correct worktree-path in the configuration')
}

/** Where a branch's new worktree goes: `--path`, else the root for the default branch, else what the template says. */
export const placeFor = async (
  look: Look,
  branch: BranchName,
  path: string | undefined,
  place: SelectPlace,
): Promise<AbsolutePath | SwitchRefusal> => {
  if (path !== undefined) return typedPath(path, place)
  if (branch === look.defaultBranch && !look.worktrees.bare) return look.repository.root
  return templatedPath(look, branch, place.home)
}

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`)

/** The nearest directory above that is there must be one that can be written to. */
const problemAbove = (path: AbsolutePath): string | undefined => {
  const parent = dirname(path) as AbsolutePath
  if (kindOf(parent) === 'directory') {
    try {
      accessSync(onDisk(parent), constants.W_OK | constants.X_OK)
      return undefined
    } catch {
      return `${parent} can’t be written to`
    }
  }
  if (isOccupied(parent)) return `${parent} is not a directory`
  return parent === path ? undefined : problemAbove(parent)
}

/** What git keeps right in its directory; beside that a bare repository may hold worktrees. */
const GIT_OWN =
  /^(?:branches|config(?:\..*)?|description|hooks|index|info|logs|modules|objects|packed-refs|reftable|refs|worktrees|wt|shallow|HEAD|FETCH_HEAD|ORIG_HEAD|MERGE_HEAD|COMMIT_EDITMSG)(?:\/|$)/

const isInGit = (real: AbsolutePath, { repository, worktrees }: Look): boolean => {
  if (real.split('/').some((part) => part.toLowerCase() === '.git')) return true
  const commonDir = canonical(repository.layout.commonDir)
  if (!isWithin(real, commonDir)) return false
  return real === commonDir || !worktrees.bare || GIT_OWN.test(real.slice(commonDir.length + 1))
}

/** Everything about a place that decides whether a worktree can be made there. */
export const lookAtPlace = (look: Look, path: AbsolutePath, explicit: boolean): PathFacts => {
  // A link is judged by where it is itself: it may be moved aside, wherever it leads to.
  const real = isLink(path) ? absolute(canonical(dirname(path)), basename(path)) : canonical(path)
  const places = look.worktrees.worktrees.map((worktree) => ({ worktree, at: canonical(worktree.path) }))
  const same = places.find(({ worktree, at }) => at === real || worktree.path === path)
  const [root, commonDir] = [canonical(look.repository.root), canonical(look.repository.layout.commonDir)]
  const holds = places.find(({ at }) => at !== real && isWithin(at, real))
  const liesIn = places.find(({ at }) => at !== real && isWithin(real, at))
  const problem = problemAbove(path)
  return {
    path,
    explicit,
    occupied: isOccupied(path),
    ...(same && { registered: { worktree: same.worktree, present: kindOf(same.worktree.path) !== undefined } }),
    inGit: isInGit(real, look),
    holdsRepository: isWithin(root, real) || isWithin(commonDir, real),
    ...(holds && { holds: holds.worktree.path }),
    ...(liesIn && { liesIn: liesIn.worktree.path }),
    ...(problem !== undefined && { problem }),
  }
}

const isLink = (path: AbsolutePath): boolean => {
  try {
    return lstatSync(onDisk(path)).isSymbolicLink()
  } catch {
    return false
  }
}
