import { rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { merged, onlyMain, prune, pruneAnswer, unmerged } from '../support/pruning.ts'
import { branchesOf, worktreesOf } from '../support/removing.ts'

const DAY = 86_400_000

describe('--min-age', () => {
  const at = (days: number) => ({ now: () => Date.now() + days * DAY })

  test('a day, unless told otherwise; what is younger is named', async () => {
    const repo = onlyMain()
    merged(repo, 'fresh')
    const young = await wt(repo, ['prune'], at(0))
    expect(young).toMatchObject({ code: 0, out: '' })
    expect(young.err).toContain('skipped fresh (younger than 1d)')
    expect(branchesOf(repo)).toContain('fresh')
    const longer = await wt(repo, ['prune', '--min-age', '1w'], at(2))
    expect(longer.err).toContain('younger than 1w')
    expect((await wt(repo, ['prune'], at(2))).err).toContain('pruned 1 worktree with its branch')
    expect(branchesOf(repo)).toEqual(['main'])
  })

  test('an entry without a directory has no age, and what is not merged is not called young', async () => {
    const repo = onlyMain()
    unmerged(repo, 'work')
    rmSync(merged(repo, 'gone'), { recursive: true })
    const { err } = await wt(repo, ['prune'], at(0))
    expect(err).not.toContain('work')
    expect(branchesOf(repo)).toEqual(['main', 'work'])
  })

  test('must be a time span', async () => {
    const { code, err } = await wt(onlyMain(), ['prune', '--min-age', 'soon'])
    expect(code).toBe(2)
    expect(err).toContain('1d')
  })
})

describe('a dry run', () => {
  test('prints what would go, and why, and changes nothing', async () => {
    const repo = onlyMain()
    merged(repo, 'one')
    repo.git('branch', 'lone')
    rmSync(merged(repo, 'gone'), { recursive: true })
    repo.addWorktree('head', { from: 'main', detach: true })
    const before = repo.git('for-each-ref')
    const { code, out } = await prune(repo, ['--dry-run'])
    expect(code).toBe(0)
    expect(out).toContain(`worktree ${repo.dir}.one, branch one (same commit as main)`)
    expect(out).toContain('branch lone (same commit as main)')
    expect(out).toContain(`entry of ${repo.dir}.gone, branch gone`)
    const items = pruneAnswer((await prune(repo, ['--dry-run', '--json'])).out)
    expect(items.map(({ branch, kind, branch_deleted }) => [branch, kind, branch_deleted])).toEqual([
      ['gone', 'stale_worktree', true],
      [null, 'worktree', false],
      ['one', 'worktree', true],
      ['lone', 'branch_only', true],
    ])
    expect(items.every(({ reason, target }) => reason === 'same commit as' && target === 'main')).toBe(true)
    expect(repo.git('for-each-ref')).toBe(before)
    expect(worktreesOf(repo)).toHaveLength(3)
  })
})

describe('one that can’t be deleted', () => {
  test('does not keep the others; exit 1', async () => {
    const repo = onlyMain()
    merged(repo, 'one')
    repo.git('branch', 'stuck')
    repo.git('branch', 'two')
    repo.hook('reference-transaction', 'if [ "$1" = prepared ]; then ! grep -q refs/heads/stuck; fi')
    const { code, out, err } = await prune(repo, ['--json'])
    expect(code).toBe(1)
    expect(branchesOf(repo)).toEqual(['main', 'stuck'])
    expect(err).toContain('branch stuck could not be deleted')
    const stuck = pruneAnswer(out).find(({ branch }) => branch === 'stuck')
    expect(stuck?.branch_outcome).toBe('retained_failed')
  })
})
