import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { rememberPrevious } from '../../src/git/previous.ts'
import { worktreeAt } from '../../src/git/worktrees.ts'
import { lookAt } from '../../src/worktree/look.ts'
import { selectBranch, selectTarget } from '../../src/worktree/select.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const look = (repo: TestRepo, cwd: AbsolutePath = repo.dir) =>
  lookAt({
    env: repo.env,
    cwd,
    home: repo.base,
    configPath: undefined,
    configSets: [],
    now: () => 0,
  })

const select = async (repo: TestRepo, token: string, cwd: AbsolutePath = repo.dir): Promise<string> => {
  const selected = selectTarget(await look(repo, cwd), token, { cwd, home: repo.base })
  if (selected.kind === 'branch') return `branch ${selected.branch}${selected.rewritten ? ' (shortcut)' : ''}`
  return `worktree ${selected.worktree.path.slice(repo.base.length + 1)}`
}

const leave = async (repo: TestRepo, path: AbsolutePath): Promise<void> => {
  const { worktrees, repository } = await look(repo)
  const left = worktreeAt(worktrees, path)
  if (left === undefined) throw new Error('no such worktree')
  await rememberPrevious({ commonDir: repository.layout.commonDir, env: repo.env }, left)
}

const prepared = (): { repo: TestRepo; topic: AbsolutePath; detached: AbsolutePath } => {
  const repo = makeRepo('basic')
  const topic = repo.addWorktree('topic')
  const detached = repo.addWorktree('', { path: join(repo.base, 'det'), from: 'main', detach: true })
  return { repo, topic, detached }
}

test('shortcuts', async () => {
  const { repo, topic, detached } = prepared()
  expect(await select(repo, '^', topic)).toBe('worktree repo')
  expect(await select(repo, '@', topic)).toBe('worktree repo.topic')
  expect(await select(repo, '@', detached)).toBe('worktree det')
  await expect(select(repo, '-')).rejects.toMatchObject({ code: 'NO_PREVIOUS' })
  await leave(repo, topic)
  expect(await select(repo, '-')).toBe('worktree repo.topic')
  await leave(repo, detached)
  expect(await select(repo, '-')).toBe('worktree det')
})

test('the branch that was left outlives its worktree', async () => {
  const { repo, topic } = prepared()
  await leave(repo, topic)
  repo.git('worktree', 'remove', topic)
  expect(await select(repo, '-')).toBe('branch topic (shortcut)')
})

test('a shortcut as a branch needs one', async () => {
  const { repo, detached } = prepared()
  const there = await look(repo, detached)
  expect(() => selectBranch(there, '@')).toThrow(expect.objectContaining({ code: 'DETACHED_HEAD' }))
})

test('a branch before a path, and slashes at the end do not count', async () => {
  const { repo, topic } = prepared()
  mkdirSync(join(repo.dir, 'topic'))
  expect(await select(repo, 'topic/')).toBe('worktree repo.topic')
  repo.git('branch', 'free')
  expect(await select(repo, 'free//')).toBe('branch free')
  expect(await select(repo, topic)).toBe('worktree repo.topic')
})

test('paths: relative ones, through links, below the home directory', async () => {
  const { repo, topic } = prepared()
  symlinkSync(topic, join(repo.base, 'link'))
  expect(await select(repo, '../det')).toBe('worktree det')
  expect(await select(repo, '../link')).toBe('worktree repo.topic')
  expect(await select(repo, '~/det')).toBe('worktree det')
})

test('a directory that is no worktree is no branch either', async () => {
  const { repo } = prepared()
  mkdirSync(join(repo.base, 'plain'))
  await expect(select(repo, '../plain')).rejects.toMatchObject({ code: 'NO_WORKTREE_AT_PATH' })
  mkdirSync(join(repo.dir, 'plain'))
  expect(await select(repo, 'plain')).toBe('branch plain')
})

test('in a bare repository’s directory, @ is what HEAD names', async () => {
  const repo = makeRepo('basic')
  const bare = join(repo.base, 'bare.git') as AbsolutePath
  repo.git('clone', '-q', '--bare', repo.dir, bare)
  const there = await look(repo, bare)
  expect(selectBranch(there, '@')).toBe('main')
})
