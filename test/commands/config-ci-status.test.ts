import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { safeFileName } from '../../src/core/name-hash.ts'
import { type CliAnswer, wt } from '../support/cli.ts'
import { EPOCH } from '../support/environment.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

/** The clock of the tests. Seconds since 1970. */
const NOW = EPOCH + 864_000

const remember = (repo: TestRepo, branch: string, entry: object): void => {
  const directory = join(repo.dir, '.git/wt/cache/ci-status')
  mkdirSync(directory, { recursive: true })
  const head = repo.git('rev-parse', `refs/heads/${branch}`)
  writeFileSync(
    join(directory, `${safeFileName(branch)}.json`),
    JSON.stringify({ status: 'passed', checked_at: NOW - 5, head, branch, ...entry }),
  )
}

const ciStatus = (repo: TestRepo, ...words: readonly string[]): Promise<CliAnswer> =>
  wt(repo, ['config', 'state', 'ci-status', ...words])

describe('wt config state ci-status', () => {
  test('what is remembered of the branch at hand, or of another', async () => {
    const repo = makeRepo('basic')
    repo.git('branch', 'a/b')
    remember(repo, 'a/b', { status: 'conflicts' })
    expect(await ciStatus(repo)).toMatchObject({ code: 0, out: 'no-ci\n', err: expect.stringContaining('deprecated') })
    expect((await ciStatus(repo, 'get', '--branch', 'a/b')).out).toBe('conflicts\n')
    expect(JSON.parse((await ciStatus(repo, '--branch=a/b', '--json')).out)).toEqual({
      branch: 'a/b',
      status: 'conflicts',
      checked_at: NOW - 5,
      head: repo.git('rev-parse', 'a/b'),
    })
    expect((await ciStatus(repo, '--format=json')).out).toBe('null\n')
  })

  test.each([
    ['another commit', { head: '0'.repeat(40) }],
    ['too long ago', { checked_at: NOW - 60 }],
    ['a clock that was wrong', { checked_at: NOW + 3600 }],
    ['another branch', { branch: 'topic' }],
    ['no status', { status: 'green' }],
    ['no time', { checked_at: 'now' }],
  ])('%s: does not count', async (_, entry) => {
    const repo = makeRepo('basic')
    remember(repo, 'main', entry)
    expect((await ciStatus(repo)).out).toBe('no-ci\n')
    remember(repo, 'main', {})
    expect((await ciStatus(repo)).out).toBe('passed\n')
  })

  test('a branch that is not there, and a worktree without one', async () => {
    const repo = makeRepo('basic')
    expect(await ciStatus(repo, '--branch', 'nope')).toMatchObject({ code: 1, out: '' })
    const cwd = repo.addWorktree('d', { from: 'main', detach: true })
    expect(await wt(repo, ['config', 'state', 'ci-status'], { cwd })).toMatchObject({ code: 1, out: '' })
    expect((await ciStatus(repo, 'set')).code).toBe(2)
  })
})
