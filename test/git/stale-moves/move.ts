import { join } from 'node:path'
import type { BranchRemovalCode } from '../../../src/worktree/remove/plan.ts'
import type { TestRepo } from '../../support/repo.ts'

/** A way in which a ref moves, or does not, between the look and the write. It is always another git that acts. */
export interface Move {
  readonly name: string
  readonly act: (repo: TestRepo) => void
  /** The ref that judges; `topic` is in it when the plan is made. Default: `refs/heads/main`. */
  readonly judge?: string
  /** Plan with `-D`: only the branch itself is guarded. */
  readonly force?: boolean
  /** Arrangements before the look. */
  readonly before?: (repo: TestRepo) => void
  /** The ref whose move must be noticed; without it, the deletion must succeed. */
  readonly moved?: string
  /** What a plan from a fresh look says after a refusal. */
  readonly afresh?: BranchRemovalCode | 'plan'
}

export const TOPIC = 'refs/heads/topic'
export const MAIN = 'refs/heads/main'
export const ORIGIN = 'refs/remotes/origin/main'

/** Commits on a branch that nobody has checked out. */
export const commitOn = (repo: TestRepo, ref: string, parent = ref): string => {
  const commit = repo.git('commit-tree', '-p', parent, '-m', 'new work', `${parent}^{tree}`)
  repo.git('update-ref', ref, commit)
  return commit
}

/** Someone else's clone of what `publish` made, committing and pushing. */
export const inClone = (repo: TestRepo, ...commands: readonly (readonly string[])[]): void => {
  const clone = join(repo.base, 'clone')
  repo.git('clone', '-q', join(repo.base, 'origin.git'), clone)
  for (const command of commands) repo.git('-C', clone, ...command)
}

/** A remote to fetch from. */
export const publish = (repo: TestRepo): void => {
  repo.publish()
}
/** The arguments of a commit in another place. */
export const commit = ['commit', '-q', '--allow-empty', '-m', 'elsewhere'] as const
