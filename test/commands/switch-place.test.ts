import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branchesOf, go, withTemplate, worktreesOf } from '../support/switching.ts'

const backups = (repo: TestRepo): readonly string[] => readdirSync(repo.base).filter((name) => name.includes('.bak.'))

describe('where a worktree goes', () => {
  test.each([
    ['.worktrees/{{ branch | sanitize }}', '.worktrees/a-b'],
    ['../{{ repo }}/../{{ branch }}', '../a/b'],
    ['~/trees/{{ branch | sanitize }}', '../home/trees/a-b'],
  ])('%s', async (template, expected) => {
    const repo = makeRepo('basic')
    const { code, err, out } = await go(repo, withTemplate(template, '-c', 'a/b', '--json'))
    expect(code, err).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ path: join(repo.dir, expected) })
  })

  test('--path: relative to where you are, or to -C; the branch keeps its name, and both find it', async () => {
    const repo = makeRepo('basic')
    repo.write('sub/file', 'x\n')
    expect((await go(repo, ['-c', 'f', '--path', '../../p'], { cwd: join(repo.dir, 'sub') })).cd).toBe(
      join(repo.base, 'p'),
    )
    expect((await go(repo, ['-C', repo.dir, '-c', 'g', '--path', '../q'], { cwd: repo.base })).cd).toBe(
      join(repo.base, 'q'),
    )
    expect(worktreesOf(repo)).toEqual({ repo: 'main', p: 'f', q: 'g' })
    for (const name of ['f', '../p']) expect((await go(repo, [name])).cd).toBe(join(repo.base, 'p'))
    expect((await go(repo, ['f', '--path', '../p'])).code).toBe(0)
    const elsewhere = await go(repo, ['f', '--path', '../other'])
    expect(elsewhere).toMatchObject({ code: 1, err: expect.stringMatching(/\/p.*\/other/) })
  })

  test('the default branch goes to the repository’s own root, which another branch may hold', async () => {
    const repo = makeRepo('basic')
    repo.git('switch', '-q', 'topic')
    expect(await go(repo, ['main'])).toMatchObject({ code: 1, err: expect.stringContaining('topic') })
    expect((await go(repo, ['main', '--path', '../m'])).code).toBe(0)
  })
})

describe('what is in the way', () => {
  test('the directory that everything is in is never moved aside', async () => {
    for (const words of [[], ['--clobber']]) {
      const answer = await go(makeRepo('basic'), ['-c', 'x', '--path', '/', ...words])
      expect(answer).toMatchObject({ code: 1, err: expect.stringContaining('the repository is in it') })
    }
  })

  const things: readonly (readonly [string, (path: string, base: string) => void])[] = [
    [
      'a directory',
      (path) => {
        mkdirSync(path)
        writeFileSync(join(path, 'precious'), 'keep')
      },
    ],
    ['an empty directory', (path) => mkdirSync(path)],
    ['a file', (path) => writeFileSync(path, 'keep')],
    [
      'a link',
      (path, base) => {
        mkdirSync(join(base, 'victim'))
        writeFileSync(join(base, 'victim', 'precious'), 'keep')
        symlinkSync(join(base, 'victim'), path)
      },
    ],
    ['a link to nowhere', (path, base) => symlinkSync(join(base, 'nowhere'), path)],
    ['a link to the repository', (path, base) => symlinkSync(join(base, 'repo'), path)],
  ]
  test.each(things)('%s: refused, and nothing made; moved aside whole with --clobber', async (_, make) => {
    const repo = makeRepo('basic')
    const path = `${repo.dir}.x`
    make(path, repo.base)
    const kind = lstatSync(path).isSymbolicLink()
      ? readlinkSync(path)
      : lstatSync(path).isDirectory()
        ? readdirSync(path)
        : readFileSync(path, 'utf8')
    const refused = await go(repo, ['-c', 'x'])
    expect(refused).toMatchObject({ code: 1, cd: '', err: expect.stringContaining('--clobber') })
    expect(branchesOf(repo)).not.toContain('x')
    const { code, err } = await go(repo, ['-c', 'x', '--clobber'])
    expect(code, err).toBe(0)
    expect(worktreesOf(repo)).toEqual({ repo: 'main', 'repo.x': 'x' })
    const [name = ''] = backups(repo)
    expect(name).toMatch(/^repo\.x\.bak\.\d{8}-\d{6}$/)
    const moved = join(repo.base, name)
    expect(
      lstatSync(moved).isSymbolicLink()
        ? readlinkSync(moved)
        : lstatSync(moved).isDirectory()
          ? readdirSync(moved)
          : readFileSync(moved, 'utf8'),
    ).toEqual(kind)
    expect(existsSync(join(repo.base, 'victim', '.git'))).toBe(false)
    expect(existsSync(join(repo.base, 'nowhere'))).toBe(false)
  })

  test('no backup is overwritten: names count up', async () => {
    const repo = makeRepo('basic')
    for (const at of [1, 2, 3]) {
      writeFileSync(`${repo.dir}.x`, `thing ${at}`)
      expect((await go(repo, ['-c', `x`, '--clobber'])).code).toBe(0)
      repo.git('worktree', 'remove', `${repo.dir}.x`)
      repo.git('branch', '-q', '-D', 'x')
    }
    const names = backups(repo)
    expect(names).toHaveLength(3)
    expect(names.map((name) => readFileSync(join(repo.base, name), 'utf8')).sort()).toEqual([
      'thing 1',
      'thing 2',
      'thing 3',
    ])
    expect(names.some((name) => name.endsWith('-3'))).toBe(true)
  })

  test('what was moved aside is put back when git can’t add the worktree', async () => {
    const repo = makeRepo('basic')
    repo.hook('reference-transaction', 'exit 1')
    writeFileSync(`${repo.dir}.x`, 'keep')
    expect((await go(repo, ['-c', 'x', '--clobber'])).code).toBe(1)
    expect(readFileSync(`${repo.dir}.x`, 'utf8')).toBe('keep')
    expect(backups(repo)).toEqual([])
  })

  test.each([[[]], [['--clobber']]])('another worktree is never moved: %j', async (words) => {
    const repo = makeRepo('basic')
    const path = repo.addWorktree('other', { path: `${repo.dir}.x`, from: 'main' })
    writeFileSync(join(path, 'wip'), 'w')
    for (const place of [[], ['--path', path], ['--path', join(path, 'wip')]]) {
      const { code, err } = await go(repo, ['-c', 'x', ...place, ...words])
      expect(code).toBe(1)
      expect(err).toContain(basename(path))
    }
    expect(readFileSync(join(path, 'wip'), 'utf8')).toBe('w')
    expect(branchesOf(repo)).not.toContain('x')
  })

  test.each(['.git/{{ branch }}', '.git', '.', '..', '../..', '.git/refs/heads/{{ branch }}', '../repo.w/.git'])(
    'the template %s leads to a place that is never used, --clobber or not',
    async (template) => {
      const repo = makeRepo('basic')
      repo.addWorktree('w', { from: 'main' })
      const before = readdirSync(repo.base).sort()
      for (const words of [[], ['--clobber']]) {
        const { code } = await go(repo, withTemplate(template, '-c', 'x', ...words))
        expect(code).toBe(1)
        expect((await go(repo, ['-c', 'x', '--path', template.replace('{{ branch }}', 'x'), ...words])).code).toBe(1)
      }
      expect(
        readdirSync(repo.base)
          .filter((name) => name !== 'cd')
          .sort(),
      ).toEqual(before)
      expect(branchesOf(repo)).not.toContain('x')
      expect(repo.git('fsck')).toBe('')
    },
  )

  test('a file where a directory is needed: refused before the branch is made', async () => {
    const repo = makeRepo('basic')
    writeFileSync(join(repo.base, 'file'), 'x')
    const answer = await go(repo, ['-c', 'x', '--path', '../file/below/x'])
    expect(answer).toMatchObject({ code: 1, err: expect.stringContaining('not a directory') })
    expect(branchesOf(repo)).not.toContain('x')
  })
})
