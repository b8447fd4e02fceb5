import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { carry, state } from '../support/carrying.ts'
import { wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branchesOf, statusOf } from '../support/switching.ts'

describe('refused, with nothing touched', () => {
  const cases: readonly (readonly [string, string, (repo: TestRepo) => void, readonly string[]])[] = [
    [
      'another version of the file at the base',
      'a.txt',
      (repo) => {
        repo.commit('a', { files: { 'a.txt': 'second\n' } })
        repo.write('a.txt', 'third\n')
      },
      ['--base', 'HEAD~1'],
    ],
    [
      'an untracked file that the base has',
      'was.txt',
      (repo) => {
        repo.commit('was', { files: { 'was.txt': 'was\n' } })
        repo.git('rm', '-q', 'was.txt')
        repo.git('commit', '-q', '-m', 'gone')
        repo.write('was.txt', 'mine\n')
      },
      ['--base', 'HEAD~1'],
    ],
    [
      'a directory where the base has a file',
      'thing/inner.txt',
      (repo) => {
        repo.commit('thing', { files: { thing: 'file\n' } })
        repo.git('rm', '-q', 'thing')
        repo.git('commit', '-q', '-m', 'gone')
        repo.write('thing/inner.txt', 'mine\n')
      },
      ['--base', 'HEAD~1'],
    ],
    [
      'a conflict',
      'a.txt',
      (repo) => {
        repo.git('switch', '-q', '-c', 'other')
        repo.commit('theirs', { files: { 'a.txt': 'theirs\n' } })
        repo.git('switch', '-q', 'main')
        repo.commit('ours', { files: { 'a.txt': 'ours\n' } })
        repo.tryGit(['merge', 'other'])
        rmSync(join(repo.dir, '.git/MERGE_HEAD'))
      },
      [],
    ],
    [
      'a merge that is open',
      'merge',
      (repo) => {
        repo.git('switch', '-q', '-c', 'other')
        repo.commit('theirs')
        repo.git('switch', '-q', 'main')
        repo.commit('ours')
        repo.git('merge', '-q', '--no-commit', '--no-ff', 'other')
      },
      [],
    ],
    [
      'a repository among the untracked files',
      'inner/',
      (repo) => {
        repo.write('inner/file', 'i\n')
        repo.git('init', '-q', 'inner')
        repo.git('-C', 'inner', 'add', '-A')
        repo.git('-C', 'inner', 'commit', '-q', '-m', 'i')
      },
      [],
    ],
    [
      'a file that is only intended to be added',
      'later.txt',
      (repo) => {
        repo.write('later.txt', 'later\n')
        repo.git('add', '-N', 'later.txt')
      },
      [],
    ],
  ]
  test.each(cases)('%s: %s is named', async (_, named, prepare, words) => {
    const repo = makeRepo('basic')
    prepare(repo)
    const before = state(repo)
    expect(before.trim()).not.toBe('')
    const { code, err } = await carry(repo, ...(words.length > 0 ? words : ['--base', '@']))
    expect(code).toBe(1)
    expect(err).toContain(named)
    expect(state(repo)).toBe(before)
    expect(branchesOf(repo)).not.toContain('new')
    expect(existsSync(`${repo.dir}.new`)).toBe(false)
  })

  test('into a worktree that is there', async () => {
    const repo = makeRepo('basic')
    repo.addWorktree('new', { from: 'main' })
    repo.write('a.txt', 'changed\n')
    const { code, err } = await wt(repo, ['switch', 'new', '--carry'])
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('--carry') })
    expect(statusOf(repo, repo.dir)).toEqual([' M a.txt'])
  })
})
