import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'
import { copyBuilt, type Ended, runBuilt } from './built.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

interface Scene {
  readonly repo: TestRepo
  /** A worktree on `feature`, with a commit of its own, and staged, unstaged and untracked changes. */
  readonly dir: string
  readonly diff: (...words: readonly string[]) => Promise<Ended>
}

const setUp = (): Scene => {
  const repo = makeRepo('basic')
  const dir = repo.addWorktree('feature', { from: 'main' })
  repo.commit('own', { dir, files: { committed: 'c\n' } })
  repo.commit('later on main', { files: { 'only-main': 'm\n' } })
  writeFileSync(join(dir, 'staged'), 's\n')
  repo.git('-C', dir, 'add', 'staged')
  writeFileSync(join(dir, 'README.md'), 'changed\n')
  writeFileSync(join(dir, 'untracked'), 'u\n')
  mkdirSync(join(dir, 'new'))
  writeFileSync(join(dir, 'new/file'), 'n\n')
  const env = { ...repo.env, TMPDIR: join(repo.base, 'scratch') }
  mkdirSync(env.TMPDIR)
  return { repo, dir, diff: (...words) => runBuilt(wt, ['step', 'diff', ...words], { cwd: dir, env }) }
}

const CHANGED = ['README.md', 'committed', 'new/file', 'staged', 'untracked']
const namesIn = ({ stdout }: Ended): readonly string[] => stdout.split('\n').filter(Boolean).sort()

describe('wt step diff', () => {
  test('says how to have the default branch looked for again where it is gone', async () => {
    const { repo, diff } = setUp()
    repo.git('config', 'wt.default-branch', 'renamed')
    const { code, stderr } = await diff()
    expect(code).toBe(1)
    expect(stderr).toContain('git config --unset wt.default-branch')
  })

  test('shows what is committed, staged, unstaged and untracked, and leaves index and objects alone', async () => {
    const { repo, dir, diff } = setUp()
    const index = repo.git('-C', dir, 'rev-parse', '--path-format=absolute', '--git-path', 'index')
    const state = (): readonly unknown[] => [
      readFileSync(index),
      repo.git('count-objects', '-v'),
      repo.git('-C', dir, 'status', '-z'),
    ]
    const before = state()
    expect(namesIn(await diff('--', '--name-only'))).toEqual(CHANGED)
    const { code, stdout } = await diff()
    expect(code).toBe(0)
    expect(stdout).toContain('+++ b/untracked\n@@ -0,0 +1 @@\n+u\n')
    expect(stdout).not.toContain('only-main')
    expect(state()).toEqual(before)
    expect(readdirSync(join(repo.base, 'scratch'))).toEqual([])
  })

  test('git’s words and exit code are passed through; paths start where the user stands', async () => {
    const { dir, repo, diff } = setUp()
    expect((await diff('--', '--exit-code', '--quiet')).code).toBe(1)
    expect((await diff('--', '--no-such-option')).code).toBe(129)
    expect(namesIn(await diff('--', '--name-only', '--', 'new', 'staged'))).toEqual(['new/file', 'staged'])
    const inside = await runBuilt(wt, ['step', 'diff', '--', '--name-only', '.'], {
      cwd: join(dir, 'new'),
      env: repo.env,
    })
    expect(namesIn(inside)).toEqual(['new/file'])
  })

  test('another worktree, another target', async () => {
    const { repo, diff } = setUp()
    const run = (...words: readonly string[]) =>
      runBuilt(wt, ['step', 'diff', ...words], { cwd: repo.dir, env: repo.env })
    expect(namesIn(await run('--branch', 'feature', '--', '--name-only'))).toEqual(CHANGED)
    repo.git('tag', '-a', '-m', 't', 'v1', 'feature')
    expect(namesIn(await diff('v1', '--', '--name-only'))).toEqual(CHANGED.filter((name) => name !== 'committed'))
    expect(await run('-b', 'topic')).toMatchObject({ code: 1, stderr: expect.stringContaining('topic') })
    expect(await run('nowhere')).toMatchObject({ code: 1, stderr: expect.stringContaining('nowhere') })
    repo.git('switch', '-q', '--orphan', 'other')
    expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining('no commit') })
    repo.git('commit', '-q', '--allow-empty', '-m', 'root')
    expect(await run('main')).toMatchObject({ code: 1, stderr: expect.stringContaining('in common') })
  })

  test('odd names, and a repository inside, are no obstacle', async () => {
    const { repo, dir, diff } = setUp()
    shell(
      { ...repo, dir: dir as TestRepo['dir'] },
      `printf x > ':x'; printf x > 'b[1].txt'; printf x > $'bad\\xff'; git init -q inner`,
    )
    const { code, stdout, stderr } = await diff('--', '--name-only')
    expect(code, stderr).toBe(0)
    expect(stdout.split('\n')).toEqual(expect.arrayContaining([':x', 'b[1].txt', '"bad\\377"']))
    expect(stdout).not.toContain('inner')
  })

  test('upstream commits that the local target lacks are not shown as work', async () => {
    const repo = makeRepo('basic')
    repo.publish()
    const dir = repo.addWorktree('feature', { from: 'main' })
    repo.commit('upstream', { dir, files: { upstream: 'u\n' } })
    repo.git('push', '-q', 'origin', 'feature:main')
    repo.git('fetch', '-q')
    repo.commit('mine', { dir, files: { mine: 'm\n' } })
    expect(namesIn(await runBuilt(wt, ['step', 'diff', '--', '--name-only'], { cwd: dir, env: repo.env }))).toEqual([
      'mine',
    ])
  })
})
