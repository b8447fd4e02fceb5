import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from './environment.ts'
import { findDefaultBranch } from './find-default-branch.ts'
import { recoverFrom } from './recover.ts'
import { captureRefs } from './refs.ts'
import { openRepository } from './repository.ts'
import { captureWorktrees } from './worktrees.ts'

const defaultHasWorktree = async (directory: AbsolutePath, env: Environment): Promise<boolean> => {
  const repository = await openRepository(directory, env)
  const refs = await captureRefs(repository.git, repository.id)
  const [{ worktrees }, found] = await Promise.all([
    captureWorktrees(repository.registrations, refs, repository.settings, repository.git),
    findDefaultBranch(repository, refs, { env, lookOnly: true }),
  ])
  return found.kind === 'found' && worktrees.some(({ branch, prunable }) => branch === found.branch && !prunable)
}

/** What can be gone to from a deleted directory: `^` where the default branch has a worktree, else what a list shows. */
export const wayBackFrom = async (gone: AbsolutePath, env: Environment): Promise<'default' | 'list' | undefined> => {
  const repository = recoverFrom(gone, env)
  if (repository === undefined) return undefined
  return (await defaultHasWorktree(repository, env).catch(() => false)) ? 'default' : 'list'
}
