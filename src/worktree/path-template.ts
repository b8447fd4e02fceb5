import { basename } from 'node:path'
import type { Config } from '../core/config.ts'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import { parseRemoteUrl, primaryRemote } from '../core/project-id.ts'
import type { PlacedPath } from '../core/worktree-path.ts'
import type { WorktreeSnapshot } from '../core/worktrees.ts'
import type { Repository } from '../git/repository.ts'
import { worktreePaths } from '../template/worktree-path.ts'

interface Setting {
  readonly repository: Repository
  readonly worktrees: WorktreeSnapshot
  readonly defaultBranch: BranchName | undefined
  readonly config: Config
}

/**
 * Where the worktree of each branch belongs: by the template, but for the default branch, which belongs in the main
 * worktree where there is one.
 */
export const expectedPaths = async (
  { repository, worktrees, defaultBranch, config }: Setting,
  home: AbsolutePath | undefined,
): Promise<(branch: BranchName) => PlacedPath> => {
  const { root: repoPath, settings } = repository
  const location = parseRemoteUrl(primaryRemote(settings)?.url ?? '')
  const place = { repoPath, repo: basename(repoPath), owner: location?.owner, remoteRepo: location?.repo, home }
  const placeOf = await worktreePaths(config.worktreePath, place)
  return (branch) => (branch === defaultBranch && !worktrees.bare ? { kind: 'path', path: repoPath } : placeOf(branch))
}
