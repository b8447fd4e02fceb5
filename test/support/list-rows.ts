import { expect } from 'vitest'
import { type Place, wt } from './cli.ts'
import type { TestRepo } from './repo.ts'

/** What a user sees in the first cells of each row: gutter, name, symbols. */
export const rowsOf = async (repo: Place, words: readonly string[] = [], options = {}): Promise<readonly string[]> => {
  const { code, out, err } = await wt(repo, ['list', ...words], options)
  expect(err).not.toMatch(/[✗▲]/)
  expect(code).toBe(0)
  expect(out).not.toContain('·')
  return out
    .split('\n')
    .slice(1, -1)
    .map((line) => line.replace(/^(.) (\S+) {1,}(\S*).*$/, '$1 $2 $3'))
}

/** Adds a worktree on a branch, a detached one, and a change in the main one. */
export const standard = (repo: TestRepo): TestRepo => {
  repo.addWorktree('feature')
  repo.addWorktree('detached', { from: 'main~1', detach: true })
  repo.write('a.txt', 'changed\n')
  return repo
}
