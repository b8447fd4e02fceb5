import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { expectGraceful } from '../support/graceful.ts'
import { makeRepo } from '../support/repo.ts'
import { go, history, worktreesOf } from '../support/switching.ts'

describe('going there', () => {
  test('back and forth with -, between detached worktrees and two checkouts of one branch too', async () => {
    const repo = makeRepo('basic')
    const det = repo.addWorktree('det', { from: 'main', detach: true })
    repo.git('worktree', 'add', '-q', '--force', join(repo.base, 'second'), 'main')
    const second = join(repo.base, 'second')
    expect((await go(repo, ['-'])).code).toBe(1)
    expect((await go(repo, ['topic'], { cwd: det })).cd).toBe(`${repo.dir}.topic`)
    expect((await go(repo, ['-'], { cwd: `${repo.dir}.topic` })).cd).toBe(det)
    expect((await go(repo, ['-'], { cwd: det })).cd).toBe(`${repo.dir}.topic`)
    expect((await go(repo, ['topic'], { cwd: second })).code).toBe(0)
    expect((await go(repo, ['-'], { cwd: `${repo.dir}.topic` })).cd).toBe(second)
    repo.git('worktree', 'remove', '--force', second)
    expect((await go(repo, ['topic'])).code).toBe(0)
    repo.git('worktree', 'remove', `${repo.dir}.topic`)
    expect((await go(repo, ['-'])).err).toContain('already at')
  })

  test('an empty history is none', async () => {
    const repo = makeRepo('basic')
    for (const key of ['wt.history', 'wt.history-path']) repo.git('config', key, '')
    expect(await go(repo, ['-'])).toMatchObject({ code: 1, err: expect.stringContaining('no worktree has been left') })
  })

  test('where you are: said so, and the history stays', async () => {
    const repo = makeRepo('basic')
    await go(repo, ['topic'])
    const before = history(repo)
    const { code, out } = await go(repo, ['main', '--json'])
    expect({ code, out: JSON.parse(out) }).toEqual({
      code: 0,
      out: { action: 'already_at', branch: 'main', path: repo.dir },
    })
    expect(history(repo)).toEqual(before)
  })

  test('by path: absolute, relative to -C, of a detached worktree', async () => {
    const repo = makeRepo('basic')
    const det = repo.addWorktree('det', { from: 'main', detach: true })
    for (const words of [[det], ['../repo.det/'], ['-C', repo.dir, '../repo.det']]) {
      const cwd = words[0] === '-C' ? repo.base : repo.dir
      const { out, code, err } = await go(repo, [...words, '--json'], { cwd })
      expect(code, err).toBe(0)
      expect(JSON.parse(out)).toEqual({ action: 'existing', path: det })
    }
  })

  test('a branch wins over a directory of its name; a trailing slash is ignored', async () => {
    const repo = makeRepo('basic')
    mkdirSync(join(repo.dir, 'topic'))
    expect((await go(repo, ['topic/'])).cd).toBe(`${repo.dir}.topic`)
    expect((await go(repo, ['../no-worktree-here'])).code).toBe(1)
  })

  test('the template is not looked at for a worktree that is there', async () => {
    const repo = makeRepo('basic')
    repo.addWorktree('topic', { path: join(repo.base, 'elsewhere') })
    const words = ['--config-set', 'worktree-path = "{{ nosuch }}"', 'topic']
    expect((await go(repo, words)).cd).toBe(join(repo.base, 'elsewhere'))
    const refused = await go(repo, ['--config-set', 'worktree-path = "{{ nosuch }}"', '-c', 'x'])
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('nosuch') })
  })

  test('below where the shell stands, and as it spells it', async () => {
    const repo = makeRepo('basic')
    repo.commit('deep', { files: { 'src/deep/a': 'a\n', 'only/here': 'h\n' } })
    repo.addWorktree('x', { from: 'main' })
    rmSync(`${repo.dir}.x/only`, { recursive: true })
    expect((await go(repo, ['x'], { cwd: join(repo.dir, 'src/deep') })).cd).toBe(`${repo.dir}.x/src/deep`)
    expect((await go(repo, ['x'], { cwd: join(repo.dir, 'only') })).cd).toBe(`${repo.dir}.x`)
    symlinkSync(repo.base, join(repo.base, 'link'))
    const spelled = join(repo.base, 'link')
    const { cd } = await go(repo, ['x'], { env: { PWD: join(spelled, 'repo') } })
    expect(cd).toBe(join(spelled, 'repo.x'))
  })

  test('--no-cd, [switch] cd, and the last word of both', async () => {
    const repo = makeRepo('basic')
    const off = ['--config-set', 'switch.cd = false']
    expect((await go(repo, ['topic', '--no-cd'])).cd).toBe('')
    expect((await go(repo, [...off, 'topic'])).cd).toBe('')
    expect((await go(repo, [...off, '--cd', 'topic'])).cd).toBe(`${repo.dir}.topic`)
    expect((await go(repo, ['--cd', '--no-cd', 'topic'])).cd).toBe('')
    expect((await go(repo, ['--no-cd', '--cd', 'topic'])).cd).toBe(`${repo.dir}.topic`)
  })

  test('a worktree that is gone, or has lost its .git, is not entered', async () => {
    const repo = makeRepo('basic')
    const path = repo.addWorktree('topic')
    rmSync(join(path, '.git'))
    expect(await go(repo, ['topic'])).toMatchObject({ code: 1, err: expect.stringContaining(`repair ${path}`) })
    rmSync(path, { recursive: true })
    for (const words of [['topic'], ['topic', '--path', '../elsewhere']])
      expect(await go(repo, words)).toMatchObject({ code: 1, err: expect.stringContaining('git worktree prune') })
    expect(worktreesOf(repo)).toMatchObject({ 'repo.topic': 'topic' })
  })

  test('from a directory that has been deleted', async () => {
    const repo = makeRepo('basic')
    const path = repo.addWorktree('topic')
    rmSync(path, { recursive: true })
    const { code, cd, err } = await go(repo, ['^'], { cwd: undefined, env: { PWD: path } })
    expect(code, err).toBe(0)
    expect(cd).toBe(repo.dir)
    expect(history(repo)).toEqual([undefined, undefined])
  })

  test('a branch that a rebase has borrowed is where the rebase is', async () => {
    const repo = makeRepo('basic')
    const path = repo.addWorktree('x', { from: 'main' })
    repo.commit('x', { dir: path, files: { 'a.txt': 'x\n' } })
    repo.commit('main', { files: { 'a.txt': 'main\n' } })
    repo.tryGit(['-C', path, 'rebase', '-q', 'main'])
    const { code, cd, err } = await go(repo, ['x'])
    expect({ code, cd }).toEqual({ code: 0, cd: path })
    expect(err).toContain('rebase')
  })
})

describe('the command line', () => {
  test.each([
    [['']],
    [['x', '-x', '']],
    [['x', '--', 'a']],
    [['--create']],
    [['--path', 'p']],
    [['x', '--path', '']],
    [['--clobber']],
    [['--branches', '--create', 'x']],
    [['x', '--path', 'p', '--prs']],
    [['x', '--format=table']],
    [['x', '--clobber=no']],
  ])('%j is a usage error', async (words) => {
    const answer = await go(makeRepo('basic'), words)
    expectGraceful(answer, 2)
    expect(answer.err).toContain('wt <command> --help')
  })

  test('a configuration that can’t be read: nothing is made; the project’s counts as far as hooks do', async () => {
    const repo = makeRepo('basic')
    const user = await go(repo, ['--config-set', 'worktree-path = 3', '-c', 'x'])
    expect(user).toMatchObject({ code: 1, err: expect.stringContaining('worktree-path') })
    repo.write('.config/wt.toml', 'pre-start = [[[')
    expect(await go(repo, ['-c', 'x'])).toMatchObject({ code: 1, err: expect.stringContaining('wt.toml') })
    expect(worktreesOf(repo)).toEqual({ repo: 'main' })
    expect((await go(repo, ['-c', 'x', '--no-hooks'])).code).toBe(0)
  })

  test('without a branch and without a terminal it says what is missing', async () => {
    expectGraceful(await go(makeRepo('basic'), []))
  })

  test('an unwritable hand-off is an error that names the file', async () => {
    const repo = makeRepo('basic')
    const answer = await wt(repo, ['switch', 'topic'], { env: { ...repo.env, WT_DIRECTIVE_CD_FILE: repo.base } })
    expect(answer).toMatchObject({ code: 1, err: expect.stringContaining(repo.base) })
    expect(existsSync(`${repo.dir}.topic`)).toBe(true)
  })
})
