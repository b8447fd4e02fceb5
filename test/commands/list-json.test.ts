import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { itemOf, listJson, wt } from '../support/cli.ts'
import { makeRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

test('the envelope, with a whole item of each kind', async () => {
  const repo = makeRepo('tracking')
  repo.git('update-ref', 'refs/remotes/origin/only-there', 'feature~1')
  repo.git('config', 'wt.state.feature.marker', '{"marker":"🔥","set_at":1}')
  repo.git('config', 'wt.state.feature.vars.Port', '80\n81')
  repo.git('config', 'wt.history', 'main')
  const path = repo.addWorktree('feature')
  shell({ dir: path, env: repo.env }, 'echo new > new')
  repo.git('worktree', 'lock', '--reason', 'why', path)
  const { code, out, err } = await wt(repo, ['list', '--json', '--branches', '--remotes'], { cwd: path })
  expect(code).toBe(0)
  expect(err).toContain('○ 2 worktrees, 1 branch, 1 remote branch')
  const { items, ...envelope } = JSON.parse(out)
  expect(envelope).toEqual({ schema: 2, repo: { default_branch: 'main' }, collected: { ci: false, summary: false } })
  expect(items[0]).toMatchObject({
    branch: 'feature',
    head: {
      sha: repo.oid('feature'),
      short_sha: repo.git('rev-parse', '--short', 'feature'),
      subject: 'Feature two',
      committed_at: '2026-01-01T12:00:00Z',
    },
    worktree: {
      path,
      main: false,
      current: true,
      previous: false,
      detached: false,
      locked: { reason: 'why' },
      branch_mismatch: false,
      duplicate_branch: false,
      changes: {
        staged: false,
        modified: false,
        untracked: true,
        renamed: false,
        deleted: false,
        conflicted: false,
        diff: { added: 1, deleted: 0 },
      },
    },
    default_branch: {
      ahead: 2,
      behind: 1,
      diff: { added: 2, deleted: 0 },
      orphan: false,
      merge_conflicts: false,
    },
    upstream: { remote: 'origin', branch: 'feature', ahead: 0, behind: 0 },
    vars: { port: '80\n81' },
    marker: '🔥',
    display: { state: 'diverged', symbols: '?⊞↕|🔥' },
  })
  expect(items[0].default_branch).not.toHaveProperty('integration')
  expect(items[0].worktree).not.toHaveProperty('prunable')
  expect(items[0].worktree).not.toHaveProperty('operation')
  expect(items[1]).toMatchObject({ branch: 'main', worktree: { main: true, current: false, previous: true } })
  expect(items[1]).not.toHaveProperty('default_branch')
  expect(items[2]).toMatchObject({ branch: 'gone', default_branch: { integration: { reason: 'ancestor' } } })
  expect(items[2]).not.toHaveProperty('worktree')
  expect(items[2]).not.toHaveProperty('upstream')
  expect(items[3]).toMatchObject({ branch: 'only-there', remote: 'origin', default_branch: { ahead: 1, behind: 1 } })
  expect(items).toHaveLength(4)
})

test('rows of the default branch are not compared with it, wherever they are', async () => {
  const repo = makeRepo('ahead')
  repo.git('checkout', '-q', 'feature')
  repo.addWorktree('main', { path: join(repo.base, 'm') })
  repo.git('update-ref', 'refs/remotes/origin/main', 'topic')
  repo.git('config', 'remote.origin.url', '/nowhere')
  repo.git('config', 'wt.default-branch', 'main')
  const { items } = await listJson(repo, ['--branches', '--remotes'])
  const compared = items.map(({ branch, remote, default_branch }) => [
    remote ?? '',
    branch,
    default_branch !== undefined,
  ])
  expect(compared).toEqual([
    ['', 'feature', false],
    ['', 'main', false],
    ['', 'topic', true],
    ['origin', 'main', false],
  ])
})

test('rows of the default branch still say that they are on a level with it, or behind its upstream', async () => {
  const repo = makeRepo('ahead')
  repo.git('checkout', '-q', 'feature')
  const m = repo.addWorktree('main', { path: join(repo.base, 'm') })
  repo.git('config', 'wt.default-branch', 'main')
  const state = async () => itemOf(await listJson(repo), 'main').display.state
  expect(await state()).toBe('empty')
  writeFileSync(join(m, 'new'), '')
  expect(await state()).toBe('same_commit')
  rmSync(join(m, 'new'))
  repo.git('config', 'remote.origin.url', '/nowhere')
  repo.git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*')
  repo.git('update-ref', 'refs/remotes/origin/main', 'feature')
  repo.git('branch', '-q', '-u', 'origin/main', 'main')
  expect(await state()).toBe('integrated')
})

test('--json and --format=json, before and after: the same bytes; what the table is to look like does not matter', async () => {
  const repo = makeRepo('ahead')
  const plain = (await wt(repo, ['list', '--json'])).out
  for (const words of [
    ['list', '--format=json'],
    ['list', '--format', 'json', '--progressive'],
    ['list', '--json', '--config-set', 'list.columns=["nope"]'],
    ['-C', '.', 'list', '--json'],
  ]) {
    expect(
      (await wt(repo, words, { terminal: true, columns: 10, colour: true })).out.replace(/\u001b\[\d+m/g, ''),
      words.join(' '),
    ).toBe(plain)
  }
})

test('variables of branches whose names hold dots, .vars. and the like', async () => {
  const repo = makeRepo('basic')
  for (const branch of ['a.vars.b', 'a', 'x.y', 'ü']) {
    repo.git('branch', branch)
    repo.git('config', `wt.state.${branch}.vars.k`, branch)
  }
  const listed = await listJson(repo, ['--branches'])
  for (const branch of ['a.vars.b', 'a', 'x.y', 'ü']) expect(itemOf(listed, branch).vars).toEqual({ k: branch })
})

test('long names and long subjects are whole in JSON, cut in the table', async () => {
  const repo = makeRepo('basic')
  const [branch, subject] = ['b'.repeat(200), 's'.repeat(3000)]
  repo.git('checkout', '-q', '-b', branch)
  repo.commit(subject)
  expect(itemOf(await listJson(repo), branch).head?.subject).toBe(subject)
  const { out } = await wt(repo, ['list'])
  expect(out).toContain(`@ ${'b'.repeat(31)}…`)
  expect(out).not.toContain('s'.repeat(101))
})
