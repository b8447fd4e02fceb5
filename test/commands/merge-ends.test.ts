import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { branches, checkedJson, everythingOf, merge, withFeature } from '../support/landing.ts'
import { makeRepo } from '../support/repo.ts'

describe('what stays', () => {
  test.each([
    ['on the target', [], 'repo'],
    ['--no-remove', ['--no-remove'], 'feature'],
  ] as const)('%s', async (_, words, where) => {
    const repo = withFeature()
    const { json } = await merge(repo, words, where === 'repo' ? repo.dir : repo.feature)
    expect(json).toMatchObject({ removed: false })
    expect(existsSync(repo.feature)).toBe(true)
  })

  test('locked, with the reason; or with another worktree in it', async () => {
    const locked = withFeature()
    locked.git('worktree', 'lock', '--reason', 'on a stick', locked.feature)
    const { err } = await merge(locked)
    expect(err).toContain('on a stick')
    expect(locked.git('show', 'main:feature.txt')).toContain('two')
    const outer = withFeature()
    const inner = join(outer.feature, 'inner')
    outer.addWorktree('inner', { path: inner, from: 'main' })
    writeFileSync(join(inner, 'precious'), 'p')
    expect((await merge(outer)).json).toMatchObject({ removed: false })
    expect(readFileSync(join(inner, 'precious'), 'utf8')).toBe('p')
    expect(outer.git('ls-tree', '--name-only', 'main'), 'nor is it committed').not.toContain('inner')
  })

  test('not a worktree of a bare repository that has none for the default branch', async () => {
    const repo = makeRepo('ahead', { bare: true })
    repo.addWorktree('another', { from: 'main' })
    const feature = repo.addWorktree('feature')
    const told = join(repo.base, 'cd')
    writeFileSync(told, '')
    const env = { ...repo.env, WT_DIRECTIVE_CD_FILE: told }
    const { code, out, err } = await wt(repo, ['merge', '--json'], { cwd: feature, env })
    expect(code, err).toBe(0)
    expect(checkedJson('merge', out)).toMatchObject({ removed: true })
    expect(readFileSync(told, 'utf8').trim()).toBe(repo.dir)
    expect(repo.git('branch', '--format=%(refname:short)')).not.toContain('feature')
    expect(repo.git('show', 'main:feature.txt')).toContain('two')
  })

  test('a branch with a second checkout', async () => {
    const repo = withFeature()
    repo.git('worktree', 'add', '-q', '--force', join(repo.base, 'second'), 'feature')
    await merge(repo)
    expect(branches(repo)).toContain('feature')
  })
})

describe('from the directory of a bare repository', () => {
  test('the worktree of the branch that its HEAD names is the one at hand', async () => {
    const repo = makeRepo('ahead', { bare: true })
    const feature = repo.addWorktree('feature')
    repo.git('config', 'wt.default-branch', 'main')
    expect((await wt(repo, ['merge'])).code, 'none of main').toBe(1)
    repo.git('symbolic-ref', 'HEAD', 'refs/heads/feature')
    writeFileSync(join(feature, 'wip'), 'w')
    expect((await wt(repo, ['step', 'eval', '{{ branch }}'])).out).toBe('feature\n')
    const { code, out, err } = await wt(repo, ['merge', '--json', '--no-remove'])
    expect(code, err).toBe(0)
    expect(checkedJson('merge', out)).toMatchObject({ branch: 'feature', squashed: true })
    expect(repo.git('show', 'main:wip')).toBe('w')
  })
})

describe('a dry run', () => {
  test('prints the plan and changes nothing', async () => {
    const repo = withFeature('diverged')
    writeFileSync(join(repo.feature, 'new'), 'n')
    const before = everythingOf(repo)
    const { json } = await merge(repo, ['--dry-run'])
    const kinds = (json['plan'] as { steps: { kind: string }[] }).steps.map(({ kind }) => kind)
    expect(kinds).toEqual(['stage', 'back-up', 'squash', 'rebase', 'advance', 'remove'])
    expect((await wt(repo, ['merge', '--dry-run', '--no-squash'], { cwd: repo.feature })).out).toContain('rebase')
    expect(everythingOf(repo)).toBe(before)
  })
})
