import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { copyBuilt, startBuilt } from '../e2e/built.ts'
import { hangingGit } from '../e2e/git-shim.ts'
import { fingerprintOf } from '../support/fingerprint.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const NOBODY = 65_534

interface Answer {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs the built program as somebody who is not root, and for whom permissions therefore count. */
const asNobody = (repo: TestRepo, words: readonly string[], cwd: string = repo.dir): Answer => {
  const done = spawnSync(process.execPath, [wt, ...words], {
    cwd,
    env: { ...repo.env, PATH: '/usr/bin:/bin' },
    uid: NOBODY,
    gid: NOBODY,
  })
  return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString() }
}

/** A repository that everybody may read, and trusts. */
const readable = (): TestRepo => {
  const repo = makeRepo('diverged')
  repo.git('config', 'wt.default-branch', 'main')
  repo.git('config', '--global', 'safe.directory', '*')
  repo.addWorktree('feature')
  shell(repo, 'mv a.txt d.txt; echo x >> b.txt; echo y >> ../repo.feature/feature.txt')
  for (let path: string = repo.base; path !== dirname(tmpdir()) && path !== '/tmp'; path = dirname(path))
    chmodSync(path, 0o755)
  chmodSync(dirname(wt), 0o755)
  return repo
}

describe.runIf(process.getuid?.() === 0)('permissions', () => {
  test('a repository that may only be read: the whole list, and nothing is left anywhere', () => {
    const repo = readable()
    const before = fingerprintOf(repo.base)
    const { code, out, err } = asNobody(repo, ['list', '--branches'])
    expect({ code, err: err.includes('▲') }).toEqual({ code: 0, err: false })
    expect(out).toMatch(/@ main +!\? +\^ +\+1 /)
    expect(out).not.toContain('·')
    expect(fingerprintOf(repo.base)).toEqual(before)
  })

  test('a worktree that may not be looked at: its row is marked, it is not called prunable, the others are there', () => {
    const repo = readable()
    chmodSync(`${repo.dir}.feature`, 0)
    const { code, out, err } = asNobody(repo, ['list'])
    expect(code).toBe(0)
    expect(err).toContain(`▲ status of ${repo.dir}.feature: `)
    expect(err).toContain('ermission denied')
    expect(err).not.toMatch(/\n\s+at |EACCES/)
    expect(out).toMatch(/\+ feature .*·/)
    expect(out).not.toContain('⊟')
    expect(out).toMatch(/@ main +!/)
    chmodSync(`${repo.dir}.feature`, 0o755)
  })

  test('refs, configuration or a registration that may not be read', () => {
    for (const path of [
      '.git/packed-refs',
      '.git/config',
      '.git/refs/heads/feature',
      '.git/HEAD',
      '.git/objects',
      '.git',
    ]) {
      const repo = readable()
      shell(repo, 'touch .git/packed-refs')
      chmodSync(join(repo.dir, path), 0)
      const { code, err } = asNobody(repo, ['list'])
      expect(err, path).not.toMatch(/\n\s+at |EACCES|bug/)
      expect([0, 1], path).toContain(code)
      expect(err, path).toMatch(/[✗▲]/)
      chmodSync(join(repo.dir, path), 0o755)
    }
    const repo = readable()
    chmodSync(join(repo.dir, '.git', 'worktrees', 'repo.feature'), 0)
    const { code, out, err } = asNobody(repo, ['list'])
    expect(code).toBe(0)
    expect(out).toMatch(/@ main/)
    expect(err).not.toMatch(/\n\s+at |EACCES|bug/)
    chmodSync(join(repo.dir, '.git', 'worktrees', 'repo.feature'), 0o755)
  })

  test('a PATH with directories that are closed, a home that is not there', () => {
    const repo = readable()
    const closed = mkdtempSync(join(repo.base, 'closed-'))
    chmodSync(closed, 0)
    const done = spawnSync(process.execPath, [wt, 'list'], {
      cwd: repo.dir,
      env: { ...repo.env, PATH: `${closed}:/usr/bin`, HOME: '/nowhere', XDG_CONFIG_HOME: closed, TMPDIR: closed },
      uid: NOBODY,
    })
    expect({ code: done.status, err: done.stderr.toString().includes('✗') }).toEqual({ code: 0, err: false })
  })
})

describe('a process in a directory that is gone', () => {
  const inGone = (repo: TestRepo, words: string): Answer => {
    const gone = repo.addWorktree('feature')
    const script = `cd '${gone}'; rm -r '${gone}'; exec '${process.execPath}' '${wt}' ${words}`
    const done = spawnSync('/bin/sh', ['-c', script], { cwd: repo.dir, env: repo.env })
    return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString() }
  }

  test('list finds its repository', () => {
    const repo = makeRepo('ahead')
    const { code, out, err } = inGone(repo, 'list')
    expect(err).toContain(`its repository is ${repo.dir}`)
    expect({ code, out: /main +\^/.test(out) }).toEqual({ code: 0, out: true })
  })

  test('statusline says nothing, --version and --help what they always say', () => {
    expect(inGone(makeRepo('ahead'), 'list statusline')).toEqual({ code: 0, out: '', err: '' })
    expect(inGone(makeRepo('ahead'), '--version')).toMatchObject({ code: 0, err: '' })
    expect(inGone(makeRepo('ahead'), '--help')).toMatchObject({ code: 0, err: '' })
  })
})

test('what probes have written is gone when a signal ends the program', async () => {
  const repo = makeRepo('conflicting')
  repo.git('config', 'wt.default-branch', 'main')
  for (const name of ['w', 'v']) {
    const path = repo.addWorktree(name, { from: 'main~1' })
    writeFileSync(join(path, 'feature.txt'), 'mine\n')
    repo.git('-C', path, 'add', '.')
  }
  const temporary = join(repo.base, 'temporary')
  mkdirSync(temporary)
  const { env } = hangingGit(repo.env)
  const { child, ended } = startBuilt(wt, ['list', '--branches'], { cwd: repo.dir, env: { ...env, TMPDIR: temporary } })
  await new Promise((resolve) => setTimeout(resolve, 1500))
  child.kill('SIGTERM')
  expect((await ended).signal).toBe('SIGTERM')
  expect(readdirSync(temporary)).toEqual([])
  rmSync(temporary, { recursive: true })
})
