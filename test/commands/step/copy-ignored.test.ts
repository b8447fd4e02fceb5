import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../../support/cli.ts'
import { IGNORED, read, setUpCopy } from '../../support/copy-ignored.ts'
import { makeRepo, type TestRepo } from '../../support/repo.ts'
import { answerChecker } from '../../support/schema.ts'
import { shell } from '../../support/shell.ts'

const check = answerChecker('step-copy-ignored')

const pathsIn = (out: string): readonly string[] =>
  (check(out) as { entries: readonly { path: string }[] }).entries.map(({ path }) => path)

describe('what is copied', () => {
  test('ignored files and directories; neither tracked nor untracked ones', async () => {
    const { repo, to, copy } = setUpCopy({
      'a.env': 'A',
      'build/deep/x': 'X',
      'config/my.local': 'L',
      'only/1.env': '1',
      'mixed/2.env': '2',
      'mixed/sub/3.env': '3',
      'mixed/sub/note.txt': 'untracked',
      'note.txt': 'untracked',
      'README.md': 'changed',
    })
    const { code, out, err } = await copy('--json')
    expect(code, err).toBe(0)
    expect(check(out)).toMatchObject({ outcome: 'copied', from: repo.dir, to, files: 6, bytes: 6, reflinked: 0 })
    expect(pathsIn(out)).toEqual(['a.env', 'build', 'config/my.local', 'mixed/2.env', 'mixed/sub/3.env', 'only'])
    expect(read(to, 'build/deep/x')).toBe('X')
    expect(repo.git('-C', to, 'status', '--porcelain')).toBe('')
  })

  test('once more copies nothing and keeps what is there', async () => {
    const { to, copy } = setUpCopy({ 'a.env': 'new', 'build/x': 'X' })
    writeFileSync(join(to, 'a.env'), 'mine')
    expect(check((await copy('--json')).out)).toMatchObject({ files: 1 })
    expect(check((await copy('--json')).out)).toMatchObject({ files: 0, bytes: 0, written: 0 })
    expect(read(to, 'a.env')).toBe('mine')
  })

  test('.worktreeinclude: what is ignored and matches, through directories above too', async () => {
    const { repo, to, copy } = setUpCopy({ 'a.env': 'A', 'build/x': 'X', 'config/my.local': 'L', 'note.txt': 'N' })
    repo.write('.worktreeinclude', 'config/\nnote.txt\n*.env\n')
    expect(pathsIn((await copy('--json')).out)).toEqual(['a.env', 'config/my.local'])
    expect(read(to, 'note.txt')).toBe(undefined)
    repo.write('.worktreeinclude', '')
    expect(pathsIn((await copy('--json')).out)).toEqual([])
  })

  test('.worktreeinclude: a path below an ignored directory opens it, a pattern for all depths does not', async () => {
    const { repo, to, copy } = setUpCopy({ 'build/out/keep.bin': 'K', 'build/out/x.env': 'E', 'build/other/x': 'X' })
    repo.write('.worktreeinclude', '/build/out/*.bin\n*.env\n')
    expect(pathsIn((await copy('--json')).out)).toEqual(['build/out/keep.bin'])
    expect(readdirSync(join(to, 'build'))).toEqual(['out'])
    expect(readdirSync(join(to, 'build', 'out'))).toEqual(['keep.bin'])
  })

  test.each(['[oops', '{oops', 'x\\'])('.worktreeinclude with %s is an error that names the line', async (line) => {
    const { repo, to, copy } = setUpCopy({ 'a.env': 'A' })
    repo.write('.worktreeinclude', `*.env\n${line}\n`)
    const { code, err } = await copy()
    expect(code).toBe(1)
    expect(err).toContain('line 2')
    expect(read(to, 'a.env')).toBe(undefined)
  })

  test('--require-include copies nothing without the file', async () => {
    const { to, copy } = setUpCopy({ 'a.env': 'A' })
    const { code, out } = await copy('--require-include', '--json')
    expect(code).toBe(0)
    expect(check(out)).toMatchObject({ reason: 'require-include-no-worktreeinclude', entries: [], files: 0 })
    expect(read(to, 'a.env')).toBe(undefined)
  })

  test('excludes of the user, the project entry and the project all count, inside directories too', async () => {
    const { repo, to, copy } = setUpCopy({
      'a.env': 'A',
      'b.env': 'B',
      'c.env': 'C',
      'd.env': 'D',
      'build/temp/x': 'X',
      'build/y': 'Y',
    })
    mkdirSync(join(repo.base, 'home/.config/wt'), { recursive: true })
    writeFileSync(
      join(repo.base, 'home/.config/wt/config.toml'),
      '[step.copy-ignored]\nexclude = ["/a.env"]\n[projects."*".step.copy-ignored]\nexclude = ["b.env", "build/temp/"]\n',
    )
    mkdirSync(join(to, '.config'))
    writeFileSync(join(to, '.config/wt.toml'), '[step.copy-ignored]\nexclude = ["c.*"]\n')
    expect((await copy()).code).toBe(0)
    expect(['a', 'b', 'c', 'd'].map((name) => read(to, `${name}.env`))).toEqual([undefined, undefined, undefined, 'D'])
    expect(readdirSync(join(to, 'build'))).toEqual(['y'])
    writeFileSync(join(to, '.config/wt.toml'), '[step.copy-ignored]\nexclude = ["c["]\n')
    expect(await copy()).toMatchObject({ code: 1, err: expect.stringContaining('c[') })
  })

  test('version control, other tools’ directories and other worktrees stay where they are', async () => {
    const { repo, to, copy } = setUpCopy(
      { 'build/x': 'X', 'build/.hg/store': 'S', '.jj/y': 'Y', 'nested/z': 'Z' },
      `${IGNORED}.jj/\nnested/\n`,
    )
    repo.addWorktree('inner', { path: join(repo.dir, 'nested/inner'), from: 'main' })
    expect(pathsIn((await copy('--json')).out)).toEqual(['build'])
    expect(readdirSync(join(to, 'build'))).toEqual(['x'])
  })

  test('names of any bytes', async () => {
    const { repo, to, copy } = setUpCopy({})
    shell(repo, `printf 1 > $'bad\\xff.env'; printf 2 > $'new\\nline.env'; mkdir $'build'; printf 3 > $'build/\\xfe'`)
    const { code, err } = await copy()
    expect(code, err).toBe(0)
    expect(
      shell({ dir: to as TestRepo['dir'], env: repo.env }, `cat $'bad\\xff.env' $'new\\nline.env' $'build/\\xfe'`),
    ).toBe('123')
  })
})

describe('from where to where', () => {
  test('--dry-run lists on stdout and writes nothing', async () => {
    const { repo, to, copy } = setUpCopy({ 'a.env': 'A', 'build/x': 'X' })
    const { code, out } = await copy('--dry-run')
    expect([code, out]).toEqual([0, 'a.env\nbuild/\n'])
    expect(check((await copy('--dry-run', '--format=json')).out)).toEqual({
      outcome: 'planned',
      dry_run: true,
      from: repo.dir,
      to,
      entries: [
        { path: 'a.env', kind: 'file' },
        { path: 'build', kind: 'dir' },
      ],
    })
    expect(read(to, 'a.env')).toBe(undefined)
  })

  test('one worktree for both is no error', async () => {
    const { repo } = setUpCopy({ 'a.env': 'A' })
    const { code, out } = await wt(repo, ['step', 'copy-ignored', '--json'])
    expect(code).toBe(0)
    expect(check(out)).toMatchObject({ outcome: 'same_worktree', entries: [], files: 0 })
  })

  test('a branch without a worktree, and a bare repository without a primary one, are errors', async () => {
    const { copy } = setUpCopy({})
    expect(await copy('--from', 'topic')).toMatchObject({ code: 1, err: expect.stringContaining('topic') })
    const bare = makeRepo('basic', { bare: true })
    const to = bare.addWorktree('topic')
    const { code, err } = await wt(bare, ['step', 'copy-ignored'], { cwd: to })
    expect(code).toBe(1)
    expect(err).toContain('--from')
  })
})
