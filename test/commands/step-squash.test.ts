import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { hasReftable } from '../support/git.ts'
import { checkedJson, everythingOf, type LandRepo, withFeature } from '../support/landing.ts'
import { makeRepo } from '../support/repo.ts'

const squash = async (repo: LandRepo, words: readonly string[] = []) => {
  const { code, out, err } = await wt(repo, ['step', 'squash', '--json', ...words], { cwd: repo.feature })
  expect(code, err).toBe(0)
  return { err, json: checkedJson('step-squash', out) }
}

const staging = (repo: LandRepo): readonly string[] => {
  const path = join(repo.dir, '.git', 'wt', 'staging')
  return existsSync(path) ? readdirSync(path) : []
}

describe('wt step squash', () => {
  test('one commit in the place of two, on the same base; ORIG_HEAD is the old tip', async () => {
    const repo = withFeature()
    const [tip, base] = [repo.oid('feature'), repo.oid('main')]
    const { json } = await squash(repo)
    expect(json).toMatchObject({ outcome: 'squashed', commit: repo.oid('feature'), stage_mode: 'all' })
    expect(repo.oid('feature^')).toBe(base)
    expect(repo.at('rev-parse', 'ORIG_HEAD')).toBe(tip)
    expect(repo.at('symbolic-ref', 'HEAD')).toBe('refs/heads/feature')
    expect(repo.at('reflog', '-1', '--format=%gs', 'feature')).toMatch(/^wt squash: /)
    expect(repo.at('status', '--porcelain')).toBe('')
    expect(repo.git('for-each-ref', 'refs/wt-backup')).toBe('')
    expect(staging(repo)).toEqual([])
  })

  test('what is staged is in it, and kept besides, under the branch’s own name', async () => {
    const repo = withFeature()
    const tip = repo.oid('feature')
    writeFileSync(join(repo.feature, 'wip'), 'w')
    const { err } = await squash(repo)
    expect(repo.git('show', 'feature:wip')).toBe('w')
    expect(repo.git('rev-parse', 'refs/wt-backup/feature^')).toBe(tip)
    expect(repo.git('show', 'refs/wt-backup/feature:wip')).toBe('w')
    expect(repo.git('reflog', '-1', '--format=%gs', 'refs/wt-backup/feature')).toBe('feature → main (squash)')
    expect(err).toContain(`--base ${repo.oid('refs/wt-backup/feature')} --no-hooks recovery/`)
    writeFileSync(join(repo.feature, 'wip'), 'again')
    await squash(repo)
    expect(repo.git('rev-list', '--walk-reflogs', '--count', 'refs/wt-backup/feature')).toBe('2')
  })

  test('what there is to do, and what not', async () => {
    const repo = withFeature()
    expect((await squash(repo, ['feature'])).json).toEqual({ outcome: 'no_commits_ahead', target: 'feature' })
    expect((await squash(repo, ['feature~1'])).json).toEqual({ outcome: 'already_single_commit' })
    writeFileSync(join(repo.feature, 'wip'), 'w')
    const plain = await squash(repo, ['feature'])
    expect(plain.json).toMatchObject({ outcome: 'squashed', message: 'Changes to wip' })
    repo.at('revert', '--no-edit', 'HEAD', 'HEAD~1', 'HEAD~2')
    expect((await squash(repo)).json).toEqual({ outcome: 'no_net_changes' })
    expect(repo.oid('feature')).toBe(repo.oid('main'))
  })

  test('git’s hooks run, see a detached HEAD, and what they stage is committed', async () => {
    const repo = withFeature()
    writeFileSync(join(repo.feature, 'wip'), 'w')
    repo.hook('pre-commit', 'git symbolic-ref -q HEAD && exit 1; echo formatted > feature.txt; git add feature.txt')
    repo.hook('commit-msg', 'echo "Checked-by: hook" >> "$1"')
    repo.hook('post-commit', 'git rev-parse HEAD > ../made')
    await squash(repo)
    expect(repo.git('show', 'feature:feature.txt')).toBe('formatted')
    expect(repo.git('log', '-1', '--format=%B', 'feature')).toContain('Checked-by: hook')
    expect(repo.at('status', '--porcelain'), 'the index goes with it').toBe('')
  })

  test('a branch that somebody moves while the message is written stays with them', async () => {
    const repo = withFeature()
    const command = 'git update-ref refs/heads/feature refs/heads/topic; echo late'
    const set = ['--config-set', `commit.generation.command = ${JSON.stringify(command)}`]
    const { code, err } = await wt(repo, ['step', 'squash', ...set], { cwd: repo.feature })
    expect(code).toBe(1)
    expect(err).toContain('moved meanwhile')
    expect(repo.oid('feature')).toBe(repo.oid('topic'))
    expect(staging(repo)).toEqual([])
  })

  test('backups of branches that are in each other’s way', async () => {
    const repo = withFeature()
    writeFileSync(join(repo.feature, 'one'), '1')
    await squash(repo)
    repo.at('branch', '-m', 'feature/two')
    writeFileSync(join(repo.feature, 'two'), '2')
    await squash(repo)
    expect(repo.git('show', 'refs/wt-backup/feature:one')).toBe('1')
    expect(repo.git('show', 'refs/wt-backup-flat/feature%2Ftwo:two')).toBe('2')
  })

  test('no common history, no branch, no such target: refused, all as it was', async () => {
    const repo = withFeature()
    repo.git('switch', '-q', '--orphan', 'other')
    repo.commit('root')
    repo.git('switch', '-q', 'main')
    const before = everythingOf(repo)
    for (const words of [['other'], ['no-such']]) {
      const { code, err } = await wt(repo, ['step', 'squash', ...words], { cwd: repo.feature })
      expect(code).toBe(1)
      expect(err).toContain(words[0])
    }
    expect(everythingOf(repo)).toBe(before)
  })

  test.skipIf(!hasReftable())('where refs are in a reftable', async () => {
    const repo = makeRepo('ahead', { refFormat: 'reftable' })
    const feature = repo.addWorktree('feature')
    const base = repo.oid('main')
    const { code, err } = await wt(repo, ['step', 'squash'], { cwd: feature })
    expect(code, err).toBe(0)
    expect(repo.oid('feature^')).toBe(base)
  })

  test('a dry run tells what would become of it', async () => {
    const repo = withFeature()
    writeFileSync(join(repo.feature, 'wip'), 'w')
    const before = everythingOf(repo)
    const { json } = await squash(repo, ['--dry-run'])
    expect(json).toMatchObject({
      plan: { steps: [{ kind: 'stage' }, { kind: 'back-up' }, { kind: 'squash', commits: 2, base: repo.oid('main') }] },
    })
    const { out } = await wt(repo, ['step', 'squash', '--show-prompt'], { cwd: repo.feature })
    expect(out).toContain('Feature one')
    expect(out).toContain('+w')
    expect(everythingOf(repo)).toBe(before)
  })
})
