import { describe, expect, test } from 'vitest'
import type { ListItem } from '../../src/render/list/json-shape.ts'
import { itemOf, listJson } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

const item = async (repo: TestRepo, branch: string, words: readonly string[] = ['--branches']): Promise<ListItem> =>
  itemOf(await listJson(repo, words), branch)

/** The symbols of a row as scripts see them. */
const symbols = async (repo: TestRepo, branch: string): Promise<string | undefined> =>
  (await item(repo, branch)).display.symbols

/** A linked worktree on a branch that has what main has. */
const linked = (scenario: Parameters<typeof makeRepo>[0] = 'basic', from = 'main') => {
  const repo = makeRepo(scenario)
  return { repo, path: repo.addWorktree('w', { from }) }
}

describe('how it stands to the default branch and its upstream', () => {
  test('ahead, behind, diverged, merged, orphan, conflict', async () => {
    const repo = makeRepo('diverged')
    repo.git('branch', 'behind', 'main~1')
    repo.git('branch', 'ahead', 'main')
    shell(repo, 'git worktree add -q ../ahead ahead; cd ../ahead; echo x > y; git add y; git commit -q -m y')
    shell(repo, 'git worktree add -q --detach ../o; cd ../o; git checkout -q --orphan orphan; git commit -q -m o')
    expect(await symbols(repo, 'feature')).toBe('/↕')
    expect(await symbols(repo, 'behind')).toBe('/⊂')
    expect(await symbols(repo, 'ahead')).toBe('⚐↑')
    expect(await symbols(repo, 'orphan')).toBe('⚐∅')
    expect((await item(repo, 'orphan')).default_branch).toMatchObject({ orphan: true })
    expect(await symbols(makeRepo('conflicting'), 'feature')).toBe('/✗')
  })

  test('dirty and behind is not merged; what is committed still tells its reason', async () => {
    const { repo, path } = linked('diverged', 'main~1')
    shell({ dir: path, env: repo.env }, 'echo x > new')
    expect(await symbols(repo, 'w')).toBe('?↓')
    expect((await item(repo, 'w')).default_branch).toMatchObject({ integration: { reason: 'ancestor' } })
  })

  test('tracked changes that would conflict make a conflict, untracked ones do not', async () => {
    const { repo, path } = linked('conflicting', 'main~1')
    shell({ dir: path, env: repo.env }, 'echo clash > feature.txt')
    expect(await symbols(repo, 'w')).toBe('?↓')
    shell({ dir: path, env: repo.env }, 'git add feature.txt')
    expect(await symbols(repo, 'w')).toBe('+✗')
    shell({ dir: path, env: repo.env }, 'git reset -q; rm feature.txt')
    expect(await symbols(repo, 'w')).toBe('⊂')
  })

  test('a conflict that the uncommitted changes would resolve is none', async () => {
    const { repo, path } = linked('conflicting', 'feature')
    expect(await symbols(repo, 'w')).toBe('✗')
    shell({ dir: path, env: repo.env }, 'git show main:feature.txt > feature.txt')
    expect(await symbols(repo, 'w')).toBe('!↕')
  })

  test('the upstream: in sync, to push, to pull, both, gone, a local one', async () => {
    const repo = makeRepo('tracking')
    expect(await symbols(repo, 'main')).toBe('^⇣')
    expect(await symbols(repo, 'feature')).toBe('/↕|')
    expect(await symbols(repo, 'gone')).toBe('/⊂')
    expect((await item(repo, 'gone')).upstream).toBeUndefined()
    repo.git('update-ref', 'refs/remotes/origin/feature', 'feature~1')
    expect(await symbols(repo, 'feature')).toBe('/↕⇡')
    repo.git('update-ref', 'refs/remotes/origin/feature', 'origin/main')
    expect(await symbols(repo, 'feature')).toBe('/↕⇅')
    repo.git('branch', '-q', '--set-upstream-to=main', 'gone')
    expect((await item(repo, 'gone')).upstream).toMatchObject({ remote: '.', branch: 'main', ahead: 0, behind: 0 })
  })

  test('a default branch behind its upstream: compared with the upstream; ahead of it: with itself', async () => {
    const repo = makeRepo('tracking')
    expect((await item(repo, 'feature')).default_branch).toMatchObject({ ahead: 2, behind: 1 })
    repo.git('update-ref', 'refs/remotes/origin/main', 'main~1')
    expect((await item(repo, 'feature')).default_branch).toMatchObject({ ahead: 2, behind: 0 })
  })
})
