import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { read, setUpCopy } from '../../support/copy-ignored.ts'
import { answerChecker } from '../../support/schema.ts'
import { shell } from '../../support/shell.ts'

const check = answerChecker('step-copy-ignored')

describe('how it is copied', () => {
  test('mode and time of files, mode of directories, links as links, no pipes', async () => {
    const { repo, to, copy } = setUpCopy({ 'build/run': 'R', 'build/closed/f': 'F', 'secret.env': 'S' })
    chmodSync(join(repo.dir, 'build/run'), 0o755)
    chmodSync(join(repo.dir, 'secret.env'), 0o600)
    utimesSync(join(repo.dir, 'build/run'), 1_500_000_000, 1_500_000_000.25)
    symlinkSync('run', join(repo.dir, 'build/link'))
    symlinkSync('../nowhere', join(repo.dir, 'build/broken'))
    shell(repo, 'mkfifo build/pipe')
    chmodSync(join(repo.dir, 'build/closed'), 0o550)
    const { code, out, err } = await copy('--json')
    chmodSync(join(repo.dir, 'build/closed'), 0o755)
    expect(code, err).toBe(0)
    expect(check(out)).toMatchObject({ files: 5, written: 3 })
    const run = statSync(join(to, 'build/run'))
    expect(run.mode & 0o777).toBe(0o755)
    expect(run.mtimeMs).toBe(1_500_000_000_250)
    expect(statSync(join(to, 'secret.env')).mode & 0o777).toBe(0o600)
    expect(statSync(join(to, 'build/closed')).mode & 0o777).toBe(0o550)
    expect(readlinkSync(join(to, 'build/link'))).toBe('run')
    expect(readlinkSync(join(to, 'build/broken'))).toBe('../nowhere')
    expect(existsSync(join(to, 'build/pipe'))).toBe(false)
    expect(readdirSync(join(to, 'build')).filter((name) => name.startsWith('.wt-'))).toEqual([])
    chmodSync(join(to, 'build/closed'), 0o755)
  })

  test('--force replaces files and links, broken ones too, and never what is tracked', async () => {
    const { repo, to, copy } = setUpCopy({ 'a.env': 'new', 'b.env': 'new', 'build/d/x': 'X', 't.env': 'theirs' })
    writeFileSync(join(to, 't.env'), 'tracked')
    repo.git('-C', to, 'add', '-f', 't.env')
    writeFileSync(join(to, 'a.env'), 'old')
    symlinkSync('nowhere', join(to, 'b.env'))
    mkdirSync(join(to, 'build'))
    symlinkSync('nowhere', join(to, 'build/d'))
    expect((await copy()).code).toBe(0)
    expect(lstatSync(join(to, 'b.env')).isSymbolicLink()).toBe(true)
    const { code, err } = await copy('--force')
    expect(code, err).toBe(0)
    expect([read(to, 'a.env'), read(to, 'b.env'), read(to, 'build/d/x'), read(to, 't.env')]).toEqual([
      'new',
      'new',
      'X',
      'tracked',
    ])
    expect(lstatSync(join(to, 'b.env')).isFile()).toBe(true)
  })

  test('a linked directory that leads out of the worktree fails and is not written through', async () => {
    const { repo, to, copy } = setUpCopy({
      'build/deep/x': 'X',
      'build/inside/y': 'Y',
      'build/git/hook': 'H',
      'a.env': 'A',
    })
    const outside = join(repo.base, 'outside')
    mkdirSync(outside)
    mkdirSync(join(to, 'build'))
    mkdirSync(join(to, 'real'))
    symlinkSync(outside, join(to, 'build/deep'))
    symlinkSync('../real', join(to, 'build/inside'))
    for (const words of [[], ['--force']]) {
      const { code, err } = await copy(...words)
      expect(code).toBe(1)
      expect(err).toContain('build/deep')
    }
    expect(readdirSync(outside)).toEqual([])
    expect(read(to, 'real/y'), 'a link that stays inside is followed').toBe('Y')
    expect(read(to, 'a.env')).toBe('A')
    rmSync(join(to, 'build/git'), { recursive: true })
    symlinkSync(join(repo.dir, '.git/hooks'), join(to, 'build/git'))
    expect((await copy()).code).toBe(1)
    expect(existsSync(join(repo.dir, '.git/hooks/hook'))).toBe(false)
  })

  test('a file where a directory should be stays, and is an error with --force', async () => {
    const { to, copy } = setUpCopy({ 'build/x': 'X' })
    writeFileSync(join(to, 'build'), 'mine')
    expect((await copy()).code).toBe(0)
    expect((await copy('--force')).code).toBe(1)
    expect(read(to, 'build')).toBe('mine')
  })
})
