import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { carry, raw, state } from '../support/carrying.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branchesOf, statusOf, underWay } from '../support/switching.ts'

/** A repository with something changed in every way that git can tell. */
const changed = (): TestRepo => {
  const repo = makeRepo('basic')
  const names = ['both', 'gone', 'link', 'mode', 'removed', 'staged', 'to-dir', 'untracked-now', 'worktree']
  repo.commit('files', { files: Object.fromEntries(names.map((name) => [`d/${name}.txt`, `${name}\n`])) })
  const at = (name: string): string => join(repo.dir, 'd', `${name}.txt`)
  repo.write('.git/info/exclude', '*.ignored\n')
  repo.write('build.ignored', 'built\n')
  writeFileSync(at('staged'), 'staged change\n')
  writeFileSync(at('both'), 'staged half\n')
  repo.git('add', 'd')
  writeFileSync(at('both'), 'staged half\nand more\n')
  writeFileSync(at('worktree'), 'unstaged change\n')
  chmodSync(at('mode'), 0o755)
  rmSync(at('gone'))
  repo.git('rm', '-q', 'd/removed.txt')
  repo.git('rm', '-q', '--cached', 'd/untracked-now.txt')
  rmSync(at('link'))
  symlinkSync('worktree.txt', at('link'))
  rmSync(at('to-dir'))
  mkdirSync(at('to-dir'))
  repo.write('d/to-dir.txt/inner', 'inner\n')
  repo.write('added.txt', 'added\n')
  repo.git('add', 'added.txt')
  repo.write('new dir/ü\n[1].txt', 'untracked\n')
  repo.write(':x', 'colon\n')
  return repo
}

describe('wt switch --create --carry', () => {
  test('moves every kind of change exactly, and leaves a clean worktree behind; ignored files stay', async () => {
    const repo = changed()
    const before = state(repo)
    const { code, err } = await carry(repo)
    expect(code, err).toBe(0)
    const there = `${repo.dir}.new`
    expect(state(repo, there)).toBe(before)
    expect(statusOf(repo, repo.dir)).toEqual([])
    expect(readFileSync(join(there, 'd/both.txt'), 'utf8')).toBe('staged half\nand more\n')
    expect(repo.git('-C', there, 'show', ':d/both.txt')).toBe('staged half')
    expect(lstatSync(join(there, 'd/mode.txt')).mode & 0o111).not.toBe(0)
    expect(readlinkSync(join(there, 'd/link.txt'))).toBe('worktree.txt')
    expect(readFileSync(join(there, 'new dir/ü\n[1].txt'), 'utf8')).toBe('untracked\n')
    expect(existsSync(join(repo.dir, 'new dir'))).toBe(false)
    expect(existsSync(join(repo.dir, 'build.ignored'))).toBe(true)
    expect(existsSync(join(there, 'build.ignored'))).toBe(false)
    expect(repo.git('stash', 'list')).toBe('')
    expect(underWay(repo)).toEqual([])
  })

  test('goes along to another base where what is changed is the same', async () => {
    const repo = makeRepo('basic')
    repo.git('switch', '-q', '-c', 'work')
    repo.commit('elsewhere', { files: { 'elsewhere.txt': 'e\n' } })
    repo.write('a.txt', 'changed\n')
    repo.write('fresh.txt', 'fresh\n')
    const { code, err } = await carry(repo, '--base', 'main')
    expect(code, err).toBe(0)
    expect(statusOf(repo, `${repo.dir}.new`)).toEqual([' M a.txt', '?? fresh.txt'])
    expect(statusOf(repo, repo.dir)).toEqual([])
    expect(existsSync(`${repo.dir}.new/elsewhere.txt`)).toBe(false)
  })

  test('with nothing to carry it says so and goes on', async () => {
    const repo = makeRepo('basic')
    const { code, err } = await carry(repo)
    expect(code).toBe(0)
    expect(err).toContain('no uncommitted changes')
  })

  test('a dry run shows what would be carried, and touches nothing', async () => {
    const repo = changed()
    const before = state(repo)
    const { out } = await carry(repo, '--dry-run', '--json')
    const { plan } = JSON.parse(out) as { plan: { effects: { kind: string; paths?: { path: string }[] }[] } }
    expect(plan.effects.map(({ kind }) => kind)).toEqual(['add-worktree', 'carry'])
    expect(plan.effects[1]?.paths?.map(({ path }) => path)).toContain(':x')
    expect((await carry(repo, '--dry-run')).out).toMatch(/move \d+ uncommitted changes/)
    expect(state(repo)).toBe(before)
    expect(branchesOf(repo)).not.toContain('new')
  })
})

describe('what happens in between', () => {
  test('a hook has put a file where an untracked one should go: all changes stay, and its file too', async () => {
    const repo = makeRepo('basic')
    repo.write('a.txt', 'changed\n')
    repo.write('mine.txt', 'mine\n')
    repo.hook('post-checkout', 'echo hooked > mine.txt')
    const before = state(repo)
    const { code, err } = await carry(repo)
    expect(code).toBe(1)
    expect(err).toContain('all still in')
    expect(state(repo)).toBe(before)
    expect(readFileSync(`${repo.dir}.new/mine.txt`, 'utf8')).toBe('hooked\n')
    expect(statusOf(repo, `${repo.dir}.new`)).toEqual(['?? mine.txt'])
  })

  test('a change that comes after the plan: nothing is taken away', async () => {
    const repo = makeRepo('basic')
    repo.write('a.txt', 'changed\n')
    repo.hook('post-checkout', `echo late > '${repo.dir}/late.txt'`)
    const { code, err } = await carry(repo)
    expect(code).toBe(1)
    expect(err).toContain('changed meanwhile')
    expect(statusOf(repo, repo.dir)).toEqual([' M a.txt', '?? late.txt'])
    expect(statusOf(repo, `${repo.dir}.new`)).toEqual([])
  })

  test('line endings that git would convert stay as they are', async () => {
    const repo = makeRepo('basic')
    repo.git('config', 'core.autocrlf', 'true')
    repo.write('crlf.txt', 'one\r\ntwo\r\n')
    repo.git('add', 'crlf.txt')
    repo.write('crlf.txt', 'one\r\ntwo\nthree\r\n')
    const before = raw(repo, repo.dir)
    expect((await carry(repo)).code).toBe(0)
    expect(raw(repo, `${repo.dir}.new`)).toBe(before)
    expect(readFileSync(`${repo.dir}.new/crlf.txt`, 'utf8')).toBe('one\r\ntwo\nthree\r\n')
  })
})
