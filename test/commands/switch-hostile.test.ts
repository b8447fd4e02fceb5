import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { hasReftable } from '../support/git.ts'
import { expectGraceful } from '../support/graceful.ts'
import { makeRepo } from '../support/repo.ts'
import { shell } from '../support/shell.ts'
import { branchesOf, go, statusOf, worktreesOf } from '../support/switching.ts'

describe('names', () => {
  test.each([`$(touch\${IFS}pwned)`, "it's", 'a;b|c&d', 'ünï/日本/🚀', '%s%n', 'x'.repeat(120), 'a\u202Eb'])(
    '%s is a name like any other',
    async (name) => {
      const repo = makeRepo('basic')
      const { code, err, out } = await go(repo, ['-c', name, '--json'])
      expect(code, err).toBe(0)
      expect((JSON.parse(out) as { branch: string }).branch).toBe(name)
      expect(branchesOf(repo)).toContain(name)
      expect(err).not.toMatch(/[\u202A-\u202E]/)
      expect(existsSync(join(repo.dir, 'pwned'))).toBe(false)
      expect((await go(repo, [name])).code).toBe(0)
    },
  )

  test.each([
    'nosuch\u001b[31m',
    'a\u202Eb\u0007',
    '-',
    '@{-1}',
    'HEAD',
    'HEAD~1',
    ':x',
    'refs/heads/main',
    '..',
    '.',
    '/',
  ])('%j never gets past a refusal, and reaches no terminal as it is', async (name) => {
    const repo = makeRepo('basic')
    for (const words of [[name], ['-c', name]]) {
      const answer = await go(repo, words)
      expect(answer.err).not.toMatch(/[\u001b\u0007\u202E]/)
      if (words.length === 2 && name !== 'refs/heads/main') expectGraceful(answer)
    }
    expect(repo.git('fsck')).toBe('')
    expect(worktreesOf(repo)['repo']).toBe('main')
  })

  test('a branch called HEAD, and refs that shadow it', async () => {
    const repo = makeRepo('basic')
    const second = repo.commit('second')
    repo.git('update-ref', 'refs/heads/HEAD', 'main~1')
    repo.git('update-ref', 'refs/remotes/topic', second)
    repo.git('tag', 'topic', second)
    expect((await go(repo, ['topic'])).code).toBe(0)
    expect(repo.git('-C', `${repo.dir}.topic`, 'symbolic-ref', 'HEAD')).toBe('refs/heads/topic')
    expectGraceful(await go(repo, ['HEAD']))
    repo.git('branch', '-m', '--', 'HEAD', 'renamed')
    expect((await go(repo, ['renamed'])).code).toBe(0)
  })
})

describe('paths', () => {
  test.each(['two\nlines', 'sp ace "q"', '-dash', 'ü', 'a\tb'])('a repository in %j', async (name) => {
    const repo = makeRepo('basic')
    const parent = join(repo.base, name)
    mkdirSync(parent)
    renameSync(repo.dir, join(parent, 'repo'))
    const dir = join(parent, 'repo')
    const { code, err, cd } = await go({ ...repo, dir: dir as typeof repo.dir }, ['-c', 'x'], { cwd: dir })
    expect(code, err).toBe(0)
    expect(cd).toBe(join(parent, 'repo.x'))
    expect(existsSync(join(parent, 'repo.x', 'README.md'))).toBe(true)
  })

  test.runIf(process.platform === 'linux')(
    'bytes that are not UTF-8: made, found again, and told to the shell as they are',
    () => {
      const repo = makeRepo('basic')
      const script = `
      mkdir $'b\\xff'; mv repo $'b\\xff/repo'; cd $'b\\xff/repo'; : > "$OUT"
      "$NODE" "$WT" switch -c x; cat README.md > /dev/null
      "$NODE" "$WT" switch x; [ "$(tr -d '\\n' < "$OUT")" = "$(cd ../repo.x; pwd | tr -d '\\n')" ]
      cd ../repo.x; git status --porcelain; git symbolic-ref HEAD`
      const wtPath = join(import.meta.dirname, '..', '..', 'dist', 'wt.js')
      const out = join(repo.base, 'cd')
      const env = { ...repo.env, NODE: process.execPath, WT: wtPath, OUT: out, WT_DIRECTIVE_CD_FILE: out }
      const said = shell({ dir: repo.base, env }, script)
      expect(said).toBe('refs/heads/x\n')
    },
  )
})

describe('as git worktree add does it', () => {
  test('the hook post-checkout runs in the new worktree, from no commit; how it ends changes nothing', async () => {
    const repo = makeRepo('basic')
    repo.hook('post-checkout', 'pwd > ../hook; echo "$@" >> ../hook; exit 1')
    expect((await go(repo, ['-c', 'x'])).code).toBe(0)
    const expected = `${repo.dir}.x\n${'0'.repeat(40)} ${repo.oid('main')} 1\n`
    expect(readFileSync(join(repo.base, 'hook'), 'utf8')).toBe(expected)
  })

  test('a hook in core.hooksPath runs too', async () => {
    const repo = makeRepo('basic')
    mkdirSync(join(repo.base, 'hooks'))
    writeFileSync(join(repo.base, 'hooks', 'post-checkout'), '#!/bin/sh\ntouch ../ran\n', { mode: 0o755 })
    repo.git('config', 'core.hooksPath', join(repo.base, 'hooks'))
    expect((await go(repo, ['-c', 'x'])).code).toBe(0)
    expect(existsSync(join(repo.base, 'ran'))).toBe(true)
  })

  test('a filter that fails: nothing is left but the branch, which is named', async () => {
    const repo = makeRepo('basic')
    repo.commit('filtered', { files: { '.gitattributes': 'f.txt filter=broken\n', 'f.txt': 'f\n' } })
    repo.git('config', 'filter.broken.smudge', 'exit 1')
    repo.git('config', 'filter.broken.required', 'true')
    const { code, err } = await go(repo, ['-c', 'x'])
    expect(code).toBe(1)
    expect(err).toContain('git branch -D x')
    expect(err).toContain('broken')
    expect(worktreesOf(repo)).toEqual({ repo: 'main' })
    expect(existsSync(`${repo.dir}.x`)).toBe(false)
    repo.git('config', '--unset', 'filter.broken.required')
    expect((await go(repo, ['x'])).code).toBe(0)
  })

  test('sparse patterns are inherited', async () => {
    const repo = makeRepo('basic')
    repo.commit('dirs', { files: { 'in/a': 'a\n', 'out/b': 'b\n' } })
    repo.git('sparse-checkout', 'set', 'in')
    expect((await go(repo, ['-c', 'x'])).code).toBe(0)
    expect([existsSync(`${repo.dir}.x/in/a`), existsSync(`${repo.dir}.x/out`)]).toEqual([true, false])
    expect(statusOf(repo, `${repo.dir}.x`)).toEqual([])
  })

  test('submodule.recurse, autocrlf and a hostile configuration make no difference', async () => {
    const repo = makeRepo('basic')
    for (const [key, value] of Object.entries({
      'submodule.recurse': 'true',
      'worktree.guessRemote': 'true',
      'status.showUntrackedFiles': 'no',
      'advice.detachedHead': 'true',
      'core.quotePath': 'true',
      'color.ui': 'always',
      'checkout.guess': 'false',
    }))
      repo.git('config', key, value)
    const { code, err } = await go(repo, ['-c', 'x'])
    expect(code, err).toBe(0)
    expect(statusOf(repo, `${repo.dir}.x`)).toEqual([])
  })

  test.runIf(hasReftable())('refs in a reftable', async () => {
    const repo = makeRepo('basic', { refFormat: 'reftable' })
    for (const words of [['-c', 'x'], ['topic'], ['x'], ['-']]) {
      const { code, err } = await go(repo, words)
      expect(code, err).toBe(0)
    }
    expect(worktreesOf(repo)).toEqual({ repo: 'main', 'repo.topic': 'topic', 'repo.x': 'x' })
  })

  test('sha256, and from inside a git hook', async () => {
    const repo = makeRepo('basic', { objectFormat: 'sha256' })
    const env = { GIT_DIR: '/nowhere/.git', GIT_INDEX_FILE: '/nowhere/index', GIT_WORK_TREE: '/nowhere' }
    const { code, err } = await go(repo, ['-c', 'x'], { env })
    expect(code, err).toBe(0)
    expect(statusOf(repo, `${repo.dir}.x`)).toEqual([])
  })

  test('a repository without a commit', async () => {
    const repo = makeRepo('basic')
    const empty = join(repo.base, 'empty')
    repo.git('init', '-q', empty)
    const { code, err } = await wt({ ...repo, dir: empty }, ['switch', '-c', 'x'])
    const version = execFileSync('git', ['version'], { env: repo.env }).toString()
    const [, major, minor] = /(\d+)\.(\d+)/.exec(version) ?? []
    const orphans = Number(major) > 2 || Number(minor) >= 42
    expect(code, err).toBe(orphans ? 0 : 1)
    if (!orphans) expect(err).toContain('no commit')
    else expect(repo.git('-C', `${empty}.x`, 'symbolic-ref', 'HEAD')).toBe('refs/heads/x')
  })

  test('the journal has what was added, and what was moved aside', async () => {
    const repo = makeRepo('basic')
    writeFileSync(`${repo.dir}.x`, 'keep')
    await go(repo, ['-c', 'x', '--clobber'])
    const directory = join(repo.dir, '.git/wt/operations')
    const file = execFileSync('ls', [directory]).toString().trim()
    expect(JSON.parse(readFileSync(join(directory, file), 'utf8'))).toMatchObject({
      command: ['wt', 'switch', '-c', 'x', '--clobber'],
      outcome: { kind: 'done' },
      changes: [{ ref: 'refs/heads/x', after: repo.oid('main') }],
      worktrees: { added: [`${repo.dir}.x`], removed: [] },
      kept: [expect.stringContaining('repo.x.bak.')],
    })
  })
})
