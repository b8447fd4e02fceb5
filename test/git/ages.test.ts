import { statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AbsolutePath, BranchName } from '../../src/core/ids.ts'
import { branchSince, worktreeSince } from '../../src/git/ages.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const commonDir = (repo: TestRepo): AbsolutePath => join(repo.dir, '.git') as AbsolutePath
const since = (repo: TestRepo, branch: string): number | undefined => branchSince(commonDir(repo), branch as BranchName)

/** Gives a file of the git directory a time of last change. Seconds since 1970. */
const touch = (repo: TestRepo, name: string, seconds: number): void =>
  utimesSync(join(commonDir(repo), name), seconds, seconds)

describe('a branch is as old', () => {
  test('as its oldest reflog entry says, whatever was done to it since, and whatever it points at', () => {
    const repo = makeRepo('basic')
    repo.git('branch', 'named/deep', 'main')
    const made = since(repo, 'named/deep')
    expect(made).toBeTypeOf('number')
    repo.git('branch', '-f', 'named/deep', 'topic')
    expect(since(repo, 'named/deep')).toBe(made)
    const first = repo.git('reflog', 'show', '--date=unix', '--format=%gd', 'named/deep').split('\n').at(-1)
    expect(first).toContain(String((made as number) / 1000))
  })

  test('as the file that stores it, where there is no reflog: its own, else packed-refs', () => {
    const repo = makeRepo('basic')
    repo.git('config', 'core.logAllRefUpdates', 'false')
    repo.git('branch', 'quiet', 'main')
    touch(repo, 'refs/heads/quiet', 1_000_000)
    expect(since(repo, 'quiet')).toBe(1_000_000_000)
    repo.git('pack-refs', '--all')
    touch(repo, 'packed-refs', 2_000_000)
    expect(since(repo, 'quiet')).toBe(2_000_000_000)
  })

  test('as nobody knows, in a directory that has nothing of the kind', () => {
    expect(branchSince(join(makeRepo('basic').base, 'nowhere') as AbsolutePath, 'x' as BranchName)).toBe(undefined)
  })
})

describe('a worktree is as old', () => {
  test('as its registration, not as what was written into it later', () => {
    const repo = makeRepo('basic')
    const before = Date.now() - 2000
    repo.addWorktree('w', { from: 'main' })
    const gitDir = join(commonDir(repo), 'worktrees', 'repo.w') as AbsolutePath
    const born = statSync(gitDir).birthtimeMs
    const asked = worktreeSince(gitDir)
    if (born > 0) expect(asked).toBe(born)
    expect(asked).toBeGreaterThan(before)
    touch(repo, 'worktrees/repo.w/HEAD', 1_000_000)
    touch(repo, 'worktrees/repo.w', 1_000_000)
    expect(worktreeSince(gitDir)).toBe(statSync(gitDir).birthtimeMs)
  })

  test('as nobody knows, where it is not registered', () => {
    expect(worktreeSince(join(makeRepo('basic').base, 'nowhere') as AbsolutePath)).toBe(undefined)
  })
})
