import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { askRemote, rememberDefaultBranch } from '../../src/git/default-branch.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const NONE = { kind: 'none', timedOut: false }

/** A repository whose remote `slow` is a program in place of ssh. */
const withSsh = (script: string): TestRepo & { readonly ssh: string } => {
  const repo = makeRepo('basic')
  const ssh = join(repo.base, 'ssh')
  writeFileSync(ssh, `#!/bin/sh\n${script}\n`)
  chmodSync(ssh, 0o755)
  repo.git('remote', 'add', 'slow', 'ssh://nowhere.invalid/repo')
  return { ...repo, ssh, env: { ...repo.env, GIT_ALLOW_PROTOCOL: 'file:ssh' } }
}

describe('askRemote', () => {
  test('the branch that the HEAD of the remote names, whatever is kept of it here', async () => {
    const repo = makeRepo('basic')
    const origin = repo.publish()
    repo.git('-C', origin, 'branch', 'rel/é', 'main')
    repo.git('-C', origin, 'symbolic-ref', 'HEAD', 'refs/heads/rel/é')
    const answer = await askRemote({ cwd: repo.dir, env: repo.env, remote: 'origin' })
    expect(answer).toEqual({ kind: 'branch', branch: 'rel/é' })
  })

  test('works inside a hook, where git has set its own variables', async () => {
    const repo = makeRepo('basic')
    repo.publish()
    const env = {
      ...repo.env,
      GIT_DIR: '/nowhere',
      GIT_WORK_TREE: '/nowhere',
      GIT_CONFIG_PARAMETERS: "'remote.origin.url'='/x'",
    }
    expect(await askRemote({ cwd: repo.dir, env, remote: 'origin' })).toEqual({ kind: 'branch', branch: 'main' })
  })

  test('a remote whose HEAD is detached, or that is empty', async () => {
    const repo = makeRepo('basic')
    const origin = repo.publish()
    repo.git('-C', origin, 'update-ref', '--no-deref', 'HEAD', repo.oid('main'))
    // A ref of the remote whose name ends like HEAD is another one.
    repo.git('-C', origin, 'symbolic-ref', 'refs/remotes/a/HEAD', 'refs/heads/main')
    expect(await askRemote({ cwd: repo.dir, env: repo.env, remote: 'origin' })).toEqual(NONE)
    const empty = join(repo.base, 'empty.git')
    repo.git('init', '-q', '--bare', empty)
    repo.git('remote', 'add', 'empty', empty)
    expect(await askRemote({ cwd: repo.dir, env: repo.env, remote: 'empty' })).toEqual(NONE)
  })

  test('a remote that is not there', async () => {
    const repo = makeRepo('basic')
    repo.git('remote', 'add', 'gone', join(repo.base, 'gone.git'))
    expect(await askRemote({ cwd: repo.dir, env: repo.env, remote: 'gone' })).toEqual(NONE)
    expect(await askRemote({ cwd: repo.dir, env: repo.env, remote: '--upload-pack=touch x' })).toEqual(NONE)
    expect(existsSync(join(repo.dir, 'x'))).toBe(false)
  })

  test('a remote that does not answer in time', async () => {
    const repo = withSsh('sleep 30')
    const env = { ...repo.env, GIT_SSH_COMMAND: repo.ssh }
    const start = Date.now()
    const answer = await askRemote({ cwd: repo.dir, env, remote: 'slow', timeout: 300 })
    expect(answer).toEqual({ kind: 'none', timedOut: true })
    expect(Date.now() - start).toBeLessThan(10_000)
  })

  test('nobody is asked for anything, and core.sshCommand stays in force', async () => {
    const repo = withSsh('{ env; if : < /dev/tty; then echo TTY=yes; fi; } > "$HOME/seen" 2>&1; exit 1')
    repo.git('config', 'core.sshCommand', repo.ssh)
    const env = { ...repo.env, SSH_ASKPASS: '/bin/dialog', GIT_ASKPASS: '/bin/dialog' }
    expect(await askRemote({ cwd: repo.dir, env, remote: 'slow' })).toEqual(NONE)
    const seen = readFileSync(join(repo.base, 'home/seen'), 'utf8')
    expect(seen).toContain('GIT_TERMINAL_PROMPT=0')
    expect(seen).toContain('SSH_ASKPASS_REQUIRE=never')
    expect(seen).not.toContain('/bin/dialog')
    expect(seen).not.toContain('TTY=yes')
  })
})

describe('rememberDefaultBranch', () => {
  const homeOf = (dir: string, env: TestRepo['env']) => ({
    commonDir: join(dir, '.git') as AbsolutePath,
    env,
    patience: 0,
  })

  const kept = (repo: TestRepo): string =>
    repo.tryGit(['config', '--local', '--get-all', 'wt.default-branch']).stdout.toString()

  test('keeps it for all worktrees, in place of whatever was there', async () => {
    const repo = makeRepo('basic')
    repo.git('config', '--add', 'wt.default-branch', 'old')
    repo.git('config', '--add', 'wt.default-branch', 'older')
    expect(await rememberDefaultBranch(homeOf(repo.dir, repo.env), 'main')).toBe(true)
    expect(kept(repo)).toBe('main\n')
  })

  test('writes to this repository, whatever the environment points at', async () => {
    const repo = makeRepo('basic')
    const other = makeRepo('basic')
    const env = { ...repo.env, GIT_DIR: join(other.dir, '.git'), GIT_CONFIG: join(other.dir, '.git/config') }
    expect(await rememberDefaultBranch(homeOf(repo.dir, env), 'main')).toBe(true)
    expect([kept(repo), kept(other)]).toEqual(['main\n', ''])
  })

  test('a configuration that another git holds is left alone', async () => {
    const repo = makeRepo('basic')
    repo.write('.git/config.lock', '')
    expect(await rememberDefaultBranch(homeOf(repo.dir, repo.env), 'main')).toBe(false)
    expect(kept(repo)).toBe('')
  })

  test('outside a repository', async () => {
    const repo = makeRepo('basic')
    const plain = join(repo.base, 'plain') as typeof repo.dir
    mkdirSync(plain)
    expect(await rememberDefaultBranch(homeOf(plain, repo.env), 'main')).toBe(false)
    expect(await rememberDefaultBranch(homeOf(join(plain, 'gone'), repo.env), 'main')).toBe(false)
  })
})
