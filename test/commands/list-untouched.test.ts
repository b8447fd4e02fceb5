import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { wt } from '../support/cli.ts'
import { fingerprintOf } from '../support/fingerprint.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'

describe('looking changes nothing', () => {
  const scenes: readonly (readonly [string, (repo: TestRepo) => void])[] = [
    ['clean', () => undefined],
    [
      'dirty',
      (repo) =>
        shell(repo, 'echo x > new; echo y >> a.txt; git rm -q b.txt; echo z > staged; git add staged; touch README.md'),
    ],
    ['moved', (repo) => shell(repo, 'mv a.txt moved.txt; echo more >> moved.txt')],
    ['in a merge', (repo) => void repo.tryGit(['merge', 'feature'])],
    [
      'with a linked worktree that would conflict',
      (repo) => shell(repo, `git worktree add -q ../w feature; echo clash > ../w/feature.txt; echo q > ../w/a.txt`),
    ],
    [
      'with everything stale',
      (repo) => shell(repo, 'touch -d 2001-01-01 *; git worktree add -q ../w feature; rm -r ../w'),
    ],
  ]
  test.each(scenes)('%s: not a file of the repository, but for its own cache', async (_, arrange) => {
    const repo = makeRepo('conflicting')
    repo.git('config', 'wt.default-branch', 'main')
    repo.git('branch', 'side', 'main~1')
    arrange(repo)
    const before = fingerprintOf(repo.base)
    const temporary = mkdtempSync(join(tmpdir(), 'wt-test-tmp-'))
    vi.stubEnv('TMPDIR', temporary)
    for (let run = 0; run < 2; run++) {
      for (const words of [
        ['list', '--branches', '--remotes'],
        ['list', '--json', '--full'],
        ['list', 'statusline'],
      ]) {
        expect((await wt(repo, words)).code).toBe(0)
      }
    }
    const after = fingerprintOf(repo.base)
    expect([...after].filter(([path, print]) => before.get(path) !== print)).toEqual([])
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual([])
    expect(readdirSync(temporary)).toEqual([])
    vi.unstubAllEnvs()
    rmSync(temporary, { recursive: true })
  })

  test('the first look writes one setting, the default branch, and no more', async () => {
    const repo = makeRepo('ahead')
    const before = fingerprintOf(repo.base)
    await wt(repo, ['list'])
    const after = fingerprintOf(repo.base)
    expect([...after].filter(([path, print]) => before.get(path) !== print).map(([path]) => path)).toEqual([
      'repo/.git/config',
    ])
    expect(repo.git('config', 'wt.default-branch')).toBe('main')
  })

  test('no program of the repository or of the user is run', async () => {
    const repo = makeRepo('diverged')
    const bin = join(repo.base, 'program')
    writeFileSync(bin, `#!/bin/sh\necho "$0 $*" >> '${repo.base}/ran'\nexit 1\n`)
    chmodSync(bin, 0o755)
    repo.git('config', 'wt.default-branch', 'main')
    for (const key of [
      'core.fsmonitor',
      'diff.external',
      'core.pager',
      'diff.x.command',
      'diff.x.textconv',
      'core.askPass',
      'core.editor',
      'gpg.program',
      'credential.helper',
      'core.sshCommand',
      'uploadpack.packObjectsHook',
    ])
      repo.git('config', key, bin)
    repo.git('config', 'core.hooksPath', join(repo.base, 'hooks'))
    for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'fsmonitor-watchman']) {
      mkdirSync(join(repo.base, 'hooks'), { recursive: true })
      writeFileSync(join(repo.base, 'hooks', hook), `#!/bin/sh\necho ${hook} >> '${repo.base}/ran'\n`)
      chmodSync(join(repo.base, 'hooks', hook), 0o755)
    }
    repo.write('.gitattributes', '* diff=x\n')
    shell(repo, 'echo x >> a.txt; mv b.txt c.txt')
    repo.addWorktree('w', { from: 'feature' })
    rmSync(join(repo.base, 'ran'), { force: true })
    expect((await wt(repo, ['list', '--branches'])).err).not.toContain('▲')
    expect(existsSync(join(repo.base, 'ran'))).toBe(false)
  })

  test('a git directory in which nothing can be written', async () => {
    const repo = makeRepo('diverged')
    repo.git('config', 'wt.default-branch', 'main')
    writeFileSync(join(repo.dir, '.git', 'wt'), 'in the way')
    writeFileSync(join(repo.dir, '.git', 'config.lock'), '')
    writeFileSync(join(repo.dir, '.git', 'index.lock'), '')
    shell(repo, 'mv a.txt c.txt')
    const { code, err, out } = await wt(repo, ['list', '--branches'])
    expect({ code, err: err.includes('▲'), open: out.includes('·') }).toEqual({ code: 0, err: false, open: false })
  })
})

describe('a directory that is gone', () => {
  const from = (repo: TestRepo, directory: string, words: readonly string[] = ['list']) =>
    wt(repo, words, { cwd: undefined, env: { ...repo.env, PWD: directory } })

  test('a worktree, and a directory in one: the repository that has it on record is found and named', async () => {
    const repo = makeRepo('ahead')
    const path = repo.addWorktree('feature')
    const deep = repo.addWorktree('topic', { path: join(repo.base, 'a', 'b', 'topic') })
    for (const gone of [path, deep]) rmSync(gone, { recursive: true })
    for (const gone of [path, join(path, 'sub', 'dir'), deep, join(repo.dir, 'was-here', 'once')]) {
      const { code, out, err } = await from(repo, gone)
      expect(code).toBe(0)
      expect(out).toMatch(/main +\^/)
      expect(err).toContain(`○ this directory is gone; its repository is ${repo.dir}`)
    }
    const json = await from(repo, path, ['list', '--json'])
    expect(JSON.parse(json.out).items).toHaveLength(3)
  })

  test('a bare repository beside it, and a nested bare one above it', async () => {
    const repo = makeRepo('ahead', { bare: true })
    const path = repo.addWorktree('feature')
    rmSync(path, { recursive: true })
    expect((await from(repo, path)).err).toContain(`its repository is ${repo.dir}`)
    const project = join(repo.base, 'project')
    mkdirSync(project)
    renameSync(repo.dir, join(project, '.git'))
    shell({ dir: project as never, env: repo.env }, 'git worktree add -q main; rm -r main')
    expect((await from(repo, join(project, 'main'))).err).toContain(`its repository is ${project}`)
  })

  test('a neighbour that does not know it is no answer', async () => {
    const repo = makeRepo('ahead')
    for (const gone of [join(repo.base, 'other'), `${repo.dir}.removed`, mkdtempSync(join(tmpdir(), 'wt-gone-'))]) {
      rmSync(gone, { recursive: true, force: true })
      const { code, out, err } = await from(repo, gone)
      expect({ code, out }).toEqual({ code: 1, out: '' })
      expect(err).toContain(`there is no directory ${gone}`)
    }
    expect((await wt(repo, ['list'], { cwd: undefined })).code).toBe(1)
  })

  test('a command that needs it fails, and says where to go: ^ where the default branch has a worktree', async () => {
    const repo = makeRepo('ahead')
    const path = repo.addWorktree('feature')
    rmSync(path, { recursive: true })
    const failed = await from(repo, path, ['remove'])
    expect(failed).toMatchObject({ code: 1, err: expect.stringMatching(/wt switch \^\n$/) })
    repo.git('config', 'wt.default-branch', 'topic')
    expect((await from(repo, path, ['merge'])).err).toMatch(/wt list\n$/)
    expect((await from(repo, join(repo.base, 'other'), ['remove'])).err).toMatch(/go to one that exists\n$/)
    expect((await wt(repo, ['remove', 'nope'])).err).not.toContain('directory is gone')
  })

  test('a bare repository with a worktree of its default branch is gone back to', async () => {
    const repo = makeRepo('ahead', { bare: true })
    const path = repo.addWorktree('feature')
    repo.addWorktree('main')
    rmSync(path, { recursive: true })
    expect((await from(repo, path, ['config', 'state'])).err).toMatch(/wt switch \^\n$/)
  })

  test('-C from there: absolute, and relative to what is gone', async () => {
    const repo = makeRepo('ahead')
    expect((await from(repo, join(repo.base, 'gone'), ['-C', repo.dir, 'list'])).out).toContain('@ main')
    expect((await from(repo, join(repo.base, 'gone'), ['-C', '../repo', 'list'])).out).toContain('@ main')
  })
})
