import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { branchesOf, removeAnswer, trashOf } from '../support/removing.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

/** `done` is where main is; `wip` has a commit of its own; `kept` is checked out in a worktree. */
const withBranches = (): TestRepo => {
  const repo = makeRepo('basic')
  repo.git('branch', '-q', '-D', 'topic')
  repo.git('branch', 'done')
  repo.git('switch', '-q', '-c', 'wip')
  repo.commit('work')
  repo.git('switch', '-q', 'main')
  repo.addWorktree('kept', { from: 'main' })
  return repo
}

describe('wt remove', () => {
  test('deletes a branch whose work is in main, with its configuration, and says how to have it back', async () => {
    const repo = withBranches()
    repo.git('config', 'branch.done.description', 'finished')
    const tip = repo.oid('done')
    const { code, err } = await wt(repo, ['remove', 'done'])
    expect(code, err).toBe(0)
    expect(branchesOf(repo)).toEqual(['kept', 'main', 'wip'])
    expect(repo.tryGit(['config', 'branch.done.description']).code).toBe(1)
    const command = /git branch done [0-9a-f]+/.exec(err)?.[0].split(' ').slice(1) ?? []
    repo.git(...command)
    expect(repo.oid('done')).toBe(tip)
  })

  test('keeps work that is nowhere else, unless told with -D', async () => {
    const repo = withBranches()
    const kept = await wt(repo, ['remove', 'wip', '--json'])
    expect(kept.code).toBe(0)
    expect(removeAnswer(kept.out)).toMatchObject([{ branch: 'wip', branch_outcome: 'retained_unmerged' }])
    expect(kept.err).toContain('-D')
    expect(branchesOf(repo)).toContain('wip')
    const gone = await wt(repo, ['remove', '-D', 'wip', '--json'])
    expect(removeAnswer(gone.out)).toMatchObject([{ branch: 'wip', branch_outcome: 'deleted' }])
    expect(branchesOf(repo)).not.toContain('wip')
  })

  test('one that can’t be deleted does not keep the others from it, and the command fails', async () => {
    const repo = withBranches()
    repo.git('worktree', 'lock', `${repo.dir}.kept`)
    const { code, out, err } = await wt(repo, ['remove', 'nosuch', 'kept', 'main', 'done', '--json'])
    expect(code).toBe(1)
    expect(removeAnswer(out)).toEqual([
      {
        kind: 'branch_only',
        branch: 'done',
        pruned: false,
        branch_outcome: 'deleted',
        branch_checked_out_at: null,
        detached_worktree: null,
      },
    ])
    expect(err).toContain('nosuch')
    expect(err).toContain(`${repo.dir}.kept`)
    expect(branchesOf(repo)).toEqual(['kept', 'main', 'wip'])
  })

  test('a dry run prints the plan, premise and all, and changes nothing', async () => {
    const repo = withBranches()
    const before = repo.git('for-each-ref')
    const { code, out } = await wt(repo, ['remove', 'done', '--dry-run', '--json'])
    expect(code).toBe(0)
    const main = repo.oid('main')
    expect(removeAnswer(out)).toMatchObject([
      {
        plan: {
          effects: [{ edits: [{ kind: 'verify', ref: 'refs/heads/main', expected: main }, { kind: 'delete' }] }, {}],
        },
      },
    ])
    expect((await wt(repo, ['remove', 'done', '--dry-run'])).out).toContain('delete done')
    expect(repo.git('for-each-ref')).toBe(before)
    expect(repo.tryGit(['config', 'wt.default-branch']).code).toBe(1)
  })

  test('a proof that has gone is no proof: the last copy of the work stays', async () => {
    const repo = withBranches()
    repo.git('branch', 'trunk', 'wip')
    repo.git('config', 'wt.default-branch', 'trunk')
    expect((await wt(repo, ['remove', 'wip', '--dry-run'])).out).toContain('only while trunk')
    await wt(repo, ['remove', '-D', 'trunk'])
    expect((await wt(repo, ['remove', 'wip'])).code).toBe(0)
    expect(branchesOf(repo)).toEqual(['done', 'kept', 'main', 'wip'])
  })

  test('writes what it did into the journal', async () => {
    const repo = withBranches()
    const tip = repo.oid('done')
    await wt(repo, ['remove', 'done'])
    const directory = join(repo.dir, '.git', 'wt', 'operations')
    const [name = ''] = readdirSync(directory)
    const record = JSON.parse(readFileSync(join(directory, name), 'utf8')) as object
    expect(record).toMatchObject({
      command: ['wt', 'remove', 'done'],
      outcome: { kind: 'done' },
      changes: [{ ref: 'refs/heads/done', before: tip }],
    })
  })

  test('only on a remote: nothing is deleted, and it is said where it is', async () => {
    const repo = withBranches()
    repo.git('update-ref', 'refs/remotes/origin/far', 'main')
    const { code, err } = await wt(repo, ['remove', 'far'])
    expect(code).toBe(1)
    expect(err).toContain('origin/far')
    expect(repo.oid('refs/remotes/origin/far')).toBe(repo.oid('main'))
  })

  test('that git can’t delete: exit 1, it stays, and the worktree is gone all the same', async () => {
    const repo = withBranches()
    writeFileSync(join(repo.dir, '.git', 'refs', 'heads', 'kept.lock'), '')
    const { code, out, err } = await wt(repo, ['remove', 'kept', '--json'])
    expect(code).toBe(1)
    expect(removeAnswer(out)).toMatchObject([{ kind: 'worktree', branch_outcome: 'retained_failed' }])
    expect(err).toContain('kept.lock')
    expect(existsSync(`${repo.dir}.kept`)).toBe(false)
    expect(trashOf(repo)).toEqual([])
    expect(branchesOf(repo)).toContain('kept')
  })

  test('an empty name is a usage error', async () => {
    expect((await wt(withBranches(), ['remove', ''])).code).toBe(2)
  })
})
