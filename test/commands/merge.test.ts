import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { branches, GPG, type LandRepo, merge, withFeature } from '../support/landing.ts'
import { makeRepo } from '../support/repo.ts'

describe('wt merge', () => {
  test('makes one commit of two, moves the target and its files there, removes worktree and branch', async () => {
    const repo = withFeature()
    const before = repo.oid('main')
    const { json } = await merge(repo)
    const facts = { committed: false, squashed: true, rebased: false, removed: true }
    expect(json).toEqual({ branch: 'feature', target: 'main', ...facts })
    expect(repo.git('rev-parse', 'main^')).toBe(before)
    expect(readFileSync(join(repo.dir, 'feature.txt'), 'utf8')).toBe('one\ntwo\n')
    expect(repo.git('status', '--porcelain', '--ignored')).toBe('')
    expect(existsSync(repo.feature)).toBe(false)
    expect(branches(repo)).not.toContain('feature')
    expect(repo.git('log', '-1', '--format=%B', 'main')).toMatch(/Feature one[\s\S]*Feature two/)
  })

  test('a single commit is kept as it is; --no-squash keeps all', async () => {
    const one = withFeature()
    one.at('reset', '-q', '--hard', 'HEAD~1')
    const tip = one.oid('feature')
    expect((await merge(one)).json).toMatchObject({ squashed: false })
    expect(one.oid('main')).toBe(tip)
    const two = withFeature()
    const last = two.oid('feature')
    await merge(two, ['--no-squash'])
    expect(two.oid('main')).toBe(last)
  })

  test('a branch that has merged the target is laid flat; with --no-rebase its merges stay', async () => {
    const merged = (): LandRepo => {
      const repo = withFeature('diverged')
      repo.at('merge', '-q', '--no-edit', 'main')
      return repo
    }
    const flat = merged()
    await merge(flat, ['--no-squash'])
    expect(flat.git('rev-list', '--merges', 'main')).toBe('')
    expect(flat.git('show', 'main:feature.txt')).toBe('one\ntwo')
    const graph = merged()
    const tip = graph.oid('feature')
    await merge(graph, ['--no-commit', '--no-rebase'])
    expect(graph.oid('main')).toBe(tip)
  })

  test('rebases when the target has moved on; other branches in the range stay where they are', async () => {
    const repo = withFeature('diverged')
    repo.git('config', 'rebase.updateRefs', 'true')
    repo.git('config', 'rebase.autoStash', 'true')
    repo.git('branch', 'stacked', 'feature~1')
    const [stacked, main] = [repo.oid('stacked'), repo.oid('main')]
    expect((await merge(repo, ['--no-squash'])).json).toMatchObject({ rebased: true, squashed: false })
    expect(repo.oid('stacked')).toBe(stacked)
    expect(repo.oid('main~2')).toBe(main)
    expect(repo.git('stash', 'list')).toBe('')
  })

  test('what is not committed lands too, or not, as --stage says', async () => {
    const dirty = (): LandRepo => {
      const repo = withFeature()
      writeFileSync(join(repo.feature, 'a.txt'), 'changed\n')
      writeFileSync(join(repo.feature, ':x [1].txt'), 'new\n')
      return repo
    }
    const all = dirty()
    const { err } = await merge(all)
    expect(err).toContain(':x [1].txt')
    expect(all.git('show', 'main:a.txt')).toBe('changed')
    expect(readFileSync(join(all.dir, ':x [1].txt'), 'utf8')).toBe('new\n')
    const tracked = dirty()
    await merge(tracked, ['--stage=tracked', '--no-remove'])
    expect(tracked.git('show', 'main:a.txt')).toBe('changed')
    expect(tracked.at('status', '--porcelain', '-z')).toBe('?? :x [1].txt\0')
    const none = dirty()
    const tip = none.oid('feature')
    await merge(none, ['--stage=none', '--no-squash', '--no-rebase', '--no-remove'])
    expect(none.oid('main')).toBe(tip)
    expect(none.at('status', '--porcelain')).toContain(' M a.txt')
  })

  test('what git is told to hide is not lost', async () => {
    const repo = withFeature()
    repo.git('config', 'status.showUntrackedFiles', 'no')
    writeFileSync(join(repo.feature, 'precious'), 'p')
    await merge(repo)
    expect(repo.git('show', 'main:precious')).toBe('p')
  })

  test('commits that add up to nothing leave nothing', async () => {
    const repo = withFeature()
    repo.at('revert', '--no-edit', 'HEAD', 'HEAD~1')
    const before = repo.oid('main')
    expect((await merge(repo)).json).toMatchObject({ squashed: false, removed: true })
    expect(repo.oid('main')).toBe(before)
    expect(branches(repo)).not.toContain('feature')
  })

  test('--no-ff makes a merge commit, signed where git would sign', async () => {
    const repo = withFeature()
    const gpg = join(repo.base, 'gpg')
    writeFileSync(gpg, `#!/bin/sh\n${GPG}`)
    chmodSync(gpg, 0o755)
    repo.git('config', 'gpg.program', gpg)
    repo.git('config', 'extensions.worktreeConfig', 'true')
    // Without a value, and for this one worktree.
    writeFileSync(repo.at('rev-parse', '--git-path', 'config.worktree'), '[commit]\n\tgpgSign\n')
    await merge(repo, ['--no-ff'])
    expect(repo.git('rev-list', '--parents', '-1', 'main').split(' ')).toHaveLength(3)
    expect(repo.git('log', '-1', '--format=%s', 'main')).toBe("Merge branch 'feature' into main")
    expect(repo.git('cat-file', 'commit', 'main')).toContain('gpgsig ')
    expect(repo.git('cat-file', 'commit', 'main^2'), 'the squash commit as well').toContain('gpgsig ')
  })

  test('a target that lags behind its upstream is carried forward, upstream commits as they are', async () => {
    const repo = makeRepo('tracking')
    const path = repo.addWorktree('work', { from: 'origin/main' })
    repo.commit('one', { dir: path, files: { w: '1' } })
    repo.commit('two', { dir: path, files: { w: '2' } })
    const { code, err } = await wt(repo, ['merge'], { cwd: path })
    expect(code, err).toBe(0)
    expect(repo.git('rev-parse', 'main~1')).toBe(repo.git('rev-parse', 'origin/main'))
    expect(err).toContain('origin/main')
  })

  test('another worktree’s branch, by name or path; the one at hand stays as it is', async () => {
    for (const name of ['feature', '../repo.feature']) {
      const repo = withFeature()
      repo.write('notes', 'n')
      expect((await merge(repo, ['--branch', name], repo.dir)).json).toMatchObject({ branch: 'feature', removed: true })
      expect(repo.git('status', '--porcelain')).toBe('?? notes')
    }
  })

  test('the target by ^, -, name or path', async () => {
    for (const token of ['^', '-', 'main', '../repo']) {
      const repo = withFeature()
      repo.git('config', 'wt.history', 'main')
      const { code, err } = await wt(repo, ['merge', token], { cwd: repo.feature })
      expect(code, err).toBe(0)
    }
  })

  test('a tag or a remote branch of the same name is somebody else', async () => {
    const repo = withFeature()
    repo.git('tag', 'main', 'feature')
    repo.git('tag', 'feature', 'topic')
    const base = repo.git('rev-parse', 'refs/heads/main')
    await merge(repo)
    expect(repo.git('rev-parse', 'refs/heads/main~1')).toBe(base)
    expect(repo.git('rev-parse', 'refs/tags/main')).not.toBe(repo.git('rev-parse', 'refs/heads/main'))
  })
})
