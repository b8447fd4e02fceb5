import { wt } from './cli.ts'
import type { TestRepo } from './repo.ts'

/** What git says of every change in a worktree. */
export const raw = (repo: TestRepo, path: string): string =>
  repo.git('-C', path, 'status', '--porcelain=v2', '-z', '-uall', '--no-renames')

/** Every change in a worktree, contents included, untracked files by name only. */
export const state = (repo: TestRepo, path: string = repo.dir): string =>
  [
    raw(repo, path),
    repo.git('-C', path, 'diff', '--binary'),
    repo.git('-C', path, 'diff', '--cached', '--binary'),
  ].join('\n')

/** Creates `new` and carries the changes along. */
export const carry = (repo: TestRepo, ...words: readonly string[]) =>
  wt(repo, ['switch', '-c', 'new', '--carry', ...words])
