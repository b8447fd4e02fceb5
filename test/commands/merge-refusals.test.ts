import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { everythingOf, type LandRepo, withFeature } from '../support/landing.ts'
import { makeRepo } from '../support/repo.ts'

/** Runs `wt merge`, which must refuse and leave everything as it was. Returns what it said. */
const refused = async (repo: LandRepo, words: readonly string[] = [], cwd: string = repo.feature): Promise<string> => {
  const before = everythingOf(repo)
  const { code, out, err } = await wt(repo, ['merge', ...words], { cwd })
  expect(code, err).toBe(1)
  expect(out).toBe('')
  expect(everythingOf(repo)).toBe(before)
  return err
}

const unfinished = (repo: LandRepo, where: string): void => {
  const todo = { ...repo.env, GIT_SEQUENCE_EDITOR: 'sed -i -e s/^pick/edit/' }
  repo.git('-C', where, '-c', `sequence.editor=${todo.GIT_SEQUENCE_EDITOR}`, 'rebase', '-q', '-i', 'HEAD~1')
}

describe('wt merge refuses, and everything is as it was', () => {
  test('in the middle of a rebase, before anything else', async () => {
    const repo = withFeature()
    unfinished(repo, repo.feature)
    expect(await refused(repo, ['no-such-target'])).toContain('git rebase --abort')
  })

  test('with unmerged paths', async () => {
    const repo = withFeature('conflicting')
    expect(repo.tryGit(['-C', repo.feature, 'merge', 'main']).code).toBe(1)
    rmSync(repo.at('rev-parse', '--git-path', 'MERGE_HEAD'))
    expect(await refused(repo)).toContain('feature.txt')
  })

  test('detached', async () => {
    const repo = withFeature()
    repo.at('checkout', '-q', '--detach')
    expect(await refused(repo)).toContain('git switch')
  })

  test('--no-commit with changes', async () => {
    const repo = withFeature()
    writeFileSync(join(repo.feature, 'wip'), 'w')
    expect(await refused(repo, ['--no-commit'])).toContain('wip')
  })

  test('a target that is not there, is detached, or is the default branch that was', async () => {
    const repo = withFeature()
    expect(await refused(repo, ['no-such'])).toContain('no-such')
    const detached = repo.addWorktree('x', { from: 'main', detach: true, path: join(repo.base, 'det') })
    expect(await refused(repo, [detached])).toContain('name a branch')
    repo.git('config', 'wt.default-branch', 'gone')
    expect(await refused(repo)).toContain('git config --unset wt.default-branch')
  })

  test('a branch that has no worktree', async () => {
    const repo = withFeature()
    expect(await refused(repo, ['--branch', 'topic'])).toContain('topic')
  })

  test('--no-rebase behind the target', async () => {
    expect(await refused(withFeature('diverged'), ['--no-rebase', '--no-squash'])).toContain('main')
  })

  test('a target that has gone another way than its upstream, before anything is staged', async () => {
    const repo = makeRepo('tracking')
    const feature = repo.addWorktree('work', { from: 'origin/main' })
    const landing: LandRepo = { ...repo, feature, at: (...args) => repo.git('-C', feature, ...args) }
    repo.commit('local', { files: { l: 'l' } })
    writeFileSync(join(feature, 'wip'), 'w')
    expect(await refused(landing)).toContain('origin/main')
  })

  test('a target whose worktree is missing, or in the middle of something', async () => {
    const missing = withFeature()
    missing.git('switch', '-q', '-c', 'parked')
    const path = missing.addWorktree('main')
    rmSync(path, { recursive: true })
    expect(await refused(missing)).toContain('git worktree prune')
    const busy = withFeature()
    unfinished(busy, busy.dir)
    expect(await refused(busy)).toContain('git rebase --abort')
  })

  test('uncommitted work in the way, named; before two commits become one', async () => {
    const untracked = withFeature()
    untracked.write('feature.txt', 'mine')
    expect(await refused(untracked)).toContain('feature.txt')
    const inside = withFeature()
    inside.at('mv', 'a.txt', 'dir.txt')
    inside.at('commit', '-qm', 'move')
    inside.write('a.txt', 'mine')
    expect(await refused(inside)).toContain('a.txt')
    const coming = withFeature()
    writeFileSync(join(coming.feature, 'b.txt'), 'theirs')
    coming.write('b.txt', 'mine')
    expect(await refused(coming)).toContain('b.txt')
  })

  test('a renamed file in the way, by either name', async () => {
    const repo = withFeature()
    repo.at('commit', '-q', '--allow-empty', '-m', 'x')
    writeFileSync(join(repo.feature, 'a.txt'), 'theirs')
    repo.at('commit', '-qam', 'theirs')
    repo.git('mv', 'a.txt', 'renamed.txt')
    repo.git('reset', '-q', '--', 'a.txt', 'renamed.txt')
    repo.git('add', '-N', 'renamed.txt')
    expect(await refused(repo)).toContain('a.txt')
  })

  test('a command for messages that fails: nothing is squashed, what is staged stays staged', async () => {
    const repo = withFeature()
    const set = ['--config-set', 'commit.generation.command = "echo no luck >&2; exit 3"']
    expect(await refused(repo, set)).toContain('no luck')
    expect(await refused(repo, ['--config-set', 'commit.generation.command = "true"'])).toContain('no message')
    const tip = repo.oid('feature')
    writeFileSync(join(repo.feature, 'wip'), 'w')
    expect((await wt(repo, ['merge', ...set], { cwd: repo.feature })).code).toBe(1)
    expect(repo.oid('feature')).toBe(tip)
    expect(repo.at('status', '--porcelain')).toBe('A  wip')
    expect(repo.git('show', 'refs/wt-backup/feature:wip'), 'kept, as was said').toBe('w')
  })

  test('git’s own hook, or a signature that fails, in a squash', async () => {
    const hooked = withFeature()
    hooked.hook('commit-msg', 'echo not like this >&2; exit 1')
    expect(await refused(hooked)).toContain('not like this')
    const unsigned = withFeature()
    unsigned.git('config', 'commit.gpgSign', 'true')
    unsigned.git('config', 'gpg.program', 'false')
    await refused(unsigned)
  })

  test('an index of the target that is locked', async () => {
    const repo = withFeature()
    repo.at('reset', '-q', '--hard', 'HEAD~1')
    writeFileSync(join(repo.dir, '.git', 'index.lock'), '')
    expect(await refused(repo)).toContain('index.lock')
  })
})

describe('a conflict', () => {
  test('leaves the rebase open, in the source, and the target where it was', async () => {
    const repo = withFeature('conflicting')
    repo.write('notes', 'n')
    const main = repo.oid('main')
    const { code, err } = await wt(repo, ['merge', '--branch', 'feature'])
    expect(code).toBe(1)
    expect(err).toContain('git rebase --abort')
    expect(err).toContain(repo.feature)
    expect(repo.oid('main')).toBe(main)
    expect(repo.git('status', '--porcelain')).toBe('?? notes')
    expect(existsSync(repo.at('rev-parse', '--git-path', 'rebase-merge'))).toBe(true)
    for (const words of [['merge'], ['step', 'squash'], ['step', 'rebase'], ['step', 'push']]) {
      expect((await wt(repo, words, { cwd: repo.feature })).err).toContain('in progress')
    }
    repo.at('rebase', '--abort')
    expect(repo.at('status', '--porcelain', '--branch')).toBe('## feature')
  })
})
