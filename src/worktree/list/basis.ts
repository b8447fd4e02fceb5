import { basename } from 'node:path'
import type { Config } from '../../core/config.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import { parseRemoteUrl, primaryRemote } from '../../core/project-id.ts'
import type { Worktree, WorktreeSnapshot } from '../../core/worktrees.ts'
import { canonical, kindOf } from '../../git/paths.ts'
import type { Repository } from '../../git/repository.ts'
import { worktreePaths } from '../../template/worktree-path.ts'

/** The worktrees that stand somewhere else than the path template would put their branches. */
export const mismatchedIn = async (
  snapshot: WorktreeSnapshot,
  repository: Repository,
  config: Config,
  defaultBranch: BranchName | undefined,
  home: AbsolutePath | undefined,
): Promise<ReadonlySet<Worktree>> => {
  const { root: repoPath, settings } = repository
  const location = parseRemoteUrl(primaryRemote(settings)?.url ?? '')
  const place = { repoPath, repo: basename(repoPath), owner: location?.owner, remoteRepo: location?.repo, home }
  const placeOf = await worktreePaths(config.worktreePath, place)
  const expected = (branch: BranchName): AbsolutePath | undefined => {
    if (branch === defaultBranch && !snapshot.bare) return repoPath
    const placed = placeOf(branch)
    return placed.kind === 'path' ? placed.path : undefined
  }
  const stray = ({ branch, path, id }: Worktree): boolean => {
    if (branch === undefined || (id === undefined && defaultBranch === undefined)) return false
    const place = expected(branch)
    if (place === undefined || place === path) return false
    // Two places that differ as text can be one, reached through links; not when there is something at one of them only.
    return (kindOf(place) === undefined && kindOf(path) !== undefined) || canonical(place) !== canonical(path)
  }
  return new Set(snapshot.worktrees.filter(stray))
}
