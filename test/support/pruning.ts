import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { type CliAnswer, type CliOptions, type Place, wt } from './cli.ts'
import { withWorktrees } from './removing.ts'
import type { TestRepo } from './repo.ts'

const schema = JSON.parse(readFileSync(new URL('../../docs/schema/prune.json', import.meta.url), 'utf8')) as object
const check = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema)

/** One item of `wt prune --json`. */
export interface PruneItem {
  readonly branch: string | null
  readonly path: string | null
  readonly kind: string
  readonly branch_outcome?: string
  readonly branch_deleted?: boolean
  readonly reason?: string | null
  readonly target?: string | null
}

/** The answer of `wt prune --json`. Throws when it does not follow the schema. */
export const pruneAnswer = (out: string): readonly PruneItem[] => {
  const value = JSON.parse(out) as readonly PruneItem[]
  if (!check(value)) throw new Error(JSON.stringify(check.errors, undefined, 2))
  return value
}

/** Runs `wt prune` on things of any age. */
export const prune = (
  repo: Place,
  words: readonly string[] = [],
  options: Partial<CliOptions> = {},
): Promise<CliAnswer> => wt(repo, ['prune', '--min-age', '0s', ...words], options)

/** `main` alone. */
export const onlyMain = (): TestRepo => withWorktrees()

/** A worktree and branch whose work is in main. */
export const merged = (repo: TestRepo, branch: string): string => repo.addWorktree(branch, { from: 'main' })

/** One with a commit of its own. */
export const unmerged = (repo: TestRepo, branch: string): string => {
  const path = repo.addWorktree(branch, { from: 'main' })
  repo.commit(`work on ${branch}`, { dir: path })
  return path
}
