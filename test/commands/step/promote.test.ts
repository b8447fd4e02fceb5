import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../../support/cli.ts'
import { makeRepo, type TestRepo } from '../../support/repo.ts'
import { answerChecker } from '../../support/schema.ts'

const check = answerChecker('step-promote')

interface Scene {
  readonly repo: TestRepo
  readonly other: string
  readonly promote: (words?: readonly string[], cwd?: string) => ReturnType<typeof wt>
}

/** `feature` in a worktree of its own; both have ignored files, and two of them the same name. */
const setUp = (): Scene => {
  const repo = makeRepo('ahead')
  repo.write('.git/info/exclude', '*.env\nbuild/\n')
  const other = repo.addWorktree('feature')
  repo.write('a.env', 'main')
  repo.write('build/deep/m', 'main')
  writeFileSync(join(other, 'a.env'), 'feature')
  writeFileSync(join(other, 'f.env'), 'feature')
  const promote = (words: readonly string[] = [], cwd: string = repo.dir) =>
    wt(repo, ['step', 'promote', ...words], { cwd })
  return { repo, other, promote }
}

/** Branch and ignored files of a directory. */
const stateOf = (repo: TestRepo, dir: string): readonly string[] => [
  repo.git('-C', dir, 'branch', '--show-current'),
  ...['a.env', 'f.env', 'build/deep/m'].map((path) =>
    existsSync(join(dir, path)) ? `${path}=${readFileSync(join(dir, path), 'utf8')}` : '',
  ),
]

const staging = ({ dir }: TestRepo): string => join(dir, '.git/wt/staging/promote')
const MAIN = ['main', 'a.env=main', '', 'build/deep/m=main']
const FEATURE = ['feature', 'a.env=feature', 'f.env=feature', '']

describe('wt step promote', () => {
  test('swaps branches and ignored files, and back', async () => {
    const { repo, other, promote } = setUp()
    const there = await promote(['feature', '--json'])
    expect(there.code, there.err).toBe(0)
    expect(check(there.out)).toEqual({
      outcome: 'promoted',
      target: 'feature',
      main_branch: 'main',
      swapped: 4,
      mismatch: true,
    })
    expect([stateOf(repo, repo.dir), stateOf(repo, other)]).toEqual([FEATURE, MAIN])
    expect(repo.git('status', '--porcelain') + repo.git('-C', other, 'status', '--porcelain')).toBe('')
    const back = await promote(['--json'])
    expect(check(back.out)).toMatchObject({ target: 'main', main_branch: 'feature', mismatch: false })
    expect([stateOf(repo, repo.dir), stateOf(repo, other)]).toEqual([MAIN, FEATURE])
    expect(existsSync(staging(repo))).toBe(false)
    expect(check((await promote(['--json'])).out)).toEqual({ outcome: 'already_in_main', branch: 'main' })
  })

  test('without a name: the branch at hand', async () => {
    const { repo, other, promote } = setUp()
    expect((await promote(['--dry-run'], other)).code).toBe(0)
    expect(stateOf(repo, repo.dir)).toEqual(MAIN)
    expect((await promote([], other)).code).toBe(0)
    expect(stateOf(repo, repo.dir)).toEqual(FEATURE)
  })

  test('only what .worktreeinclude names follows', async () => {
    const { repo, other, promote } = setUp()
    repo.commit('include', { files: { '.worktreeinclude': '*.env\n' } })
    expect((await promote(['feature'])).code).toBe(0)
    expect(existsSync(join(repo.dir, 'build/deep/m'))).toBe(true)
    expect(readFileSync(join(other, 'a.env'), 'utf8')).toBe('main')
  })
})

describe('refuses, and changes nothing', () => {
  const expectRefused = async (
    { repo, other, promote }: Scene,
    words: readonly string[],
    text: string,
  ): Promise<void> => {
    const before = [stateOf(repo, repo.dir), stateOf(repo, other)]
    const { code, out, err } = await promote(words)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(text)
    expect([stateOf(repo, repo.dir), stateOf(repo, other)]).toEqual(before)
  }

  test('changes in either worktree', async () => {
    const scene = setUp()
    writeFileSync(join(scene.other, 'README.md'), 'wip')
    await expectRefused(scene, ['feature'], scene.other)
    scene.repo.git('-C', scene.other, 'checkout', '-q', '--', '.')
    scene.repo.write('untracked', 'u')
    await expectRefused(scene, ['feature', '--json'], scene.repo.dir)
  })

  test('a branch without a worktree, or with several', async () => {
    const scene = setUp()
    await expectRefused(scene, ['topic'], 'topic')
    const twin = scene.repo.addWorktree('twin', { from: 'main', detach: true })
    scene.repo.git('-C', twin, 'checkout', '-q', '--ignore-other-worktrees', 'feature')
    await expectRefused(scene, ['feature'], twin)
  })

  test('a main worktree without a branch, and a bare repository', async () => {
    const scene = setUp()
    scene.repo.git('switch', '-q', '--detach')
    await expectRefused(scene, ['feature'], scene.repo.dir)
    const bare = makeRepo('ahead', { bare: true })
    const cwd = bare.addWorktree('feature')
    expect(await wt(bare, ['step', 'promote'], { cwd })).toMatchObject({
      code: 1,
      err: expect.stringContaining('bare'),
    })
  })

  test('what an earlier run has left, telling how to finish', async () => {
    const scene = setUp()
    mkdirSync(join(staging(scene.repo), 'a'), { recursive: true })
    writeFileSync(join(staging(scene.repo), 'a/precious'), 'keep')
    await expectRefused(scene, ['feature'], staging(scene.repo))
    expect(readFileSync(join(staging(scene.repo), 'a/precious'), 'utf8')).toBe('keep')
  })
})

describe('puts everything back', () => {
  test('when an ignored file that stays would be overwritten', async () => {
    const { repo, other, promote } = setUp()
    repo.commit('tracked', { dir: other, files: { '.svn/x': 'tracked' } })
    repo.write('.git/info/exclude', '*.env\nbuild/\n.svn/\n')
    repo.write('.svn/x', 'mine')
    const { code, err } = await promote(['feature'])
    expect(code).toBe(1)
    expect(err).toContain('.svn/x')
    expect([stateOf(repo, repo.dir), stateOf(repo, other)]).toEqual([MAIN, FEATURE])
    expect(readFileSync(join(repo.dir, '.svn/x'), 'utf8')).toBe('mine')
    expect(existsSync(staging(repo))).toBe(false)
  })

  test('and a hook that fails after a switch is no reason to', async () => {
    const { repo, promote } = setUp()
    repo.hook('post-checkout', 'exit 1')
    expect((await promote(['feature'])).code).toBe(0)
    expect(stateOf(repo, repo.dir)).toEqual(FEATURE)
  })
})
