import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { checkedJson, everythingOf, type LandRepo, withFeature } from '../support/landing.ts'

const step = async (repo: LandRepo, name: 'push' | 'rebase', ...words: readonly string[]) => {
  const { code, out, err } = await wt(repo, ['step', name, '--json', ...words], { cwd: repo.feature })
  expect(code, err).toBe(0)
  return checkedJson(`step-${name}`, out)
}

const refused = async (repo: LandRepo, ...words: readonly string[]): Promise<string> => {
  const before = everythingOf(repo)
  const { code, err } = await wt(repo, ['step', ...words], { cwd: repo.feature })
  expect(code, err).toBe(1)
  expect(everythingOf(repo)).toBe(before)
  return err
}

describe('wt step rebase', () => {
  test('rebased, fast-forwarded, up to date', async () => {
    const repo = withFeature('diverged')
    expect(await step(repo, 'rebase', '--dry-run')).toMatchObject({ plan: { steps: [{ kind: 'rebase' }] } })
    expect(await step(repo, 'rebase')).toEqual({ target: 'main', outcome: 'rebased' })
    expect(await step(repo, 'rebase')).toEqual({ target: 'main', outcome: 'up_to_date' })
    repo.at('reset', '-q', '--hard', 'main~1')
    expect(await step(repo, 'rebase')).toEqual({ target: 'main', outcome: 'fast_forwarded' })
    expect(repo.oid('feature')).toBe(repo.oid('main'))
  })

  test('a tag is peeled', async () => {
    const repo = withFeature()
    repo.git('tag', '-a', '-m', 'v1', 'v1', 'main')
    expect(await step(repo, 'rebase', 'v1')).toEqual({ target: 'v1', outcome: 'up_to_date' })
  })

  test('refuses uncommitted changes, as git does, and what it does not know', async () => {
    const repo = withFeature('diverged')
    writeFileSync(join(repo.feature, 'a.txt'), 'x')
    repo.git('config', 'rebase.autoStash', 'true')
    expect(await refused(repo, 'rebase')).toContain('unstaged changes')
    expect(await refused(repo, 'rebase', 'no-such')).toContain('no-such')
  })
})

describe('wt step push', () => {
  test('forward, up to date, detached, with a merge commit; counts commits', async () => {
    const repo = withFeature()
    const tip = repo.oid('feature')
    expect(await step(repo, 'push', '--dry-run')).toMatchObject({ plan: { steps: [{ kind: 'advance' }] } })
    repo.at('checkout', '-q', '--detach')
    expect(await step(repo, 'push')).toEqual({ target: 'main', outcome: 'fast_forwarded', commits: 2 })
    expect(repo.oid('main')).toBe(tip)
    expect(repo.git('reflog', '-1', '--format=%gs', 'main')).toBe('wt step push: fast-forward')
    expect(await step(repo, 'push')).toEqual({ target: 'main', outcome: 'up_to_date', commits: 0 })
    expect(await refused(repo, 'push', '--no-ff')).toContain('git switch')
    repo.at('switch', '-q', 'feature')
    repo.commit('three', { dir: repo.feature })
    const merged = await step(repo, 'push', '--no-ff')
    expect(merged).toEqual({ target: 'main', outcome: 'merge_commit', commits: 1, merge_sha: repo.oid('main') })
    expect(repo.git('config', '--default', 'unset', 'receive.denyCurrentBranch')).toBe('unset')
    expect(repo.git('status', '--porcelain')).toBe('')
  })

  test('a target that has gone on is refused, its commits named', async () => {
    expect(await refused(withFeature('diverged'), 'push')).toContain('Other')
  })

  test('uncommitted work that is in nobody’s way stays as it is, staged or not', async () => {
    const repo = withFeature()
    repo.write('a.txt', 'mine')
    repo.write('own.txt', 'own')
    repo.git('add', 'own.txt')
    await step(repo, 'push')
    expect(repo.git('status', '--porcelain')).toBe(' M a.txt\nA  own.txt')
    expect(existsSync(join(repo.dir, 'feature.txt'))).toBe(true)
  })

  test('a file that was only touched is in nobody’s way', async () => {
    const repo = withFeature()
    writeFileSync(join(repo.feature, 'a.txt'), 'theirs')
    repo.at('commit', '-qam', 'theirs')
    writeFileSync(join(repo.dir, 'a.txt'), readFileSync(join(repo.dir, 'a.txt')))
    await step(repo, 'push')
    expect(readFileSync(join(repo.dir, 'a.txt'), 'utf8')).toBe('theirs')
  })

  test('an ignored file is overwritten, and kept; a directory of them is not touched', async () => {
    const repo = withFeature()
    repo.write('.git/info/exclude', 'feature.txt\nout\n')
    repo.write('feature.txt', 'secret')
    const { code, err } = await wt(repo, ['step', 'push'], { cwd: repo.feature })
    expect(code, err).toBe(0)
    expect(readFileSync(join(repo.dir, 'feature.txt'), 'utf8')).toBe('one\ntwo\n')
    const kept = /kept in (\S+)/.exec(err)?.[1] ?? ''
    expect(readFileSync(join(kept, 'feature.txt'), 'utf8')).toBe('secret')
    writeFileSync(join(repo.feature, 'out'), 'file')
    repo.at('add', '-f', 'out')
    repo.at('commit', '-qm', 'out')
    repo.write('out/precious', 'p')
    expect(await refused(repo, 'push')).toContain('out/precious')
  })

  test('a file in the place of a directory of tracked ones', async () => {
    const repo = withFeature()
    repo.at('rm', '-q', 'a.txt')
    repo.commit('dir', { dir: repo.feature, files: { 'a.txt/x': 'x' } })
    await step(repo, 'push')
    expect(readFileSync(join(repo.dir, 'a.txt/x'), 'utf8')).toBe('x')
    repo.at('rm', '-q', 'a.txt/x')
    repo.commit('file', { dir: repo.feature, files: { 'a.txt': 'file' } })
    await step(repo, 'push')
    expect(readFileSync(join(repo.dir, 'a.txt'), 'utf8')).toBe('file')
  })

  test('submodule.recurse is nothing to it', async () => {
    const repo = withFeature()
    repo.git('config', 'submodule.recurse', 'true')
    expect(await step(repo, 'push')).toMatchObject({ outcome: 'fast_forwarded' })
  })
})
