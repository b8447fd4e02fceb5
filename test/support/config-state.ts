import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { wt } from './cli.ts'
import type { TestRepo } from './repo.ts'

/** What `wt config state …` prints, which must succeed. */
export const state = async (repo: TestRepo, words: readonly string[], cwd = repo.dir): Promise<string> => {
  const { code, out, err } = await wt(repo, ['config', 'state', ...words], { cwd })
  expect(code, err).toBe(0)
  return out
}

/** What `wt config state …` leaves with. */
export const codeOf = async (repo: TestRepo, words: readonly string[], cwd = repo.dir): Promise<number> =>
  (await wt(repo, ['config', 'state', ...words], { cwd })).code

/** Git's configuration of the repository, as text. */
export const configOf = (repo: TestRepo): string => readFileSync(join(repo.dir, '.git', 'config'), 'utf8')
