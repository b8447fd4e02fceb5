import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BranchName, RefName } from '../../src/core/ids.ts'
import type { Plan } from '../../src/core/plan.ts'
import { apply } from '../../src/git/apply.ts'
import { capture, contextOf, mustPlan, stateOf } from '../support/removal.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const branches = (repo: TestRepo): string => repo.git('for-each-ref', '--format=%(refname:short)', 'refs/heads')
const section = (repo: TestRepo, branch: string): string =>
  repo.tryGit(['config', '--get-regexp', `^branch\\.${branch}\\.`]).stdout.toString()

test('what is handed back is what git says afterwards', async () => {
  const repo = makeRepo('basic')
  const [main, topic] = [repo.oid('main'), repo.oid('topic')]
  const plan = await mustPlan(repo, { branch: 'topic' })
  const { before, after, changes, warnings } = await apply(contextOf(repo), plan)
  expect(before).toBe(plan.basis)
  expect([...after.entries()]).toEqual([{ name: 'refs/heads/main', oid: main }])
  expect(changes).toEqual([{ name: 'refs/heads/topic', before: topic, after: undefined }])
  expect(warnings).toEqual([])
  expect(branches(repo)).toBe('main')
})

test('a plan without effects still looks again', async () => {
  const repo = makeRepo('basic')
  const basis = await capture(repo)
  const moved = repo.commit('by someone else')
  const { after, changes } = await apply(contextOf(repo), { kind: 'plan', basis, effects: [] })
  expect(after.tip('main' as BranchName)).toBe(moved)
  expect(changes.map((change) => change.name)).toEqual(['refs/heads/main'])
})

test('what others changed meanwhile is among the changes', async () => {
  const repo = makeRepo('ahead')
  const plan = await mustPlan(repo, { branch: 'topic' })
  repo.git('branch', 'unrelated', 'feature')
  const { changes } = await apply(contextOf(repo), plan)
  expect(changes.map((change) => change.name)).toEqual(['refs/heads/topic', 'refs/heads/unrelated'])
})

test('what a hook did in the same moment is in the snapshot that comes back', async () => {
  const repo = makeRepo('ahead')
  const plan = await mustPlan(repo, { branch: 'topic' })
  const by = 'test "$1" = committed || exit 0; case "$(cat)" in *heads/topic*) git branch by-hook feature;; esac'
  repo.hook('reference-transaction', by)
  const { after } = await apply(contextOf(repo), plan)
  expect(after.tip('by-hook' as BranchName)).toBe(repo.oid('feature'))
})

describe('the configuration of a deleted branch', () => {
  // simple-git refuses to touch the first, taking the branch's name for the key of a dangerous setting.
  test.each([['my-alias'], ['core.editor'], ['feature/x.y'], ['-dash'], ['ümlaut'], ["quo'te"], ['a=b']])(
    'of %s goes, as with git branch -d',
    async (name) => {
      const repo = makeRepo('basic')
      repo.git('update-ref', `refs/heads/${name}`, 'main~1')
      repo.git('config', `branch.${name}.remote`, 'origin')
      repo.git('config', `branch.${name}.description`, 'two\nlines')
      repo.git('config', 'branch.topic.remote', 'origin')
      await apply(contextOf(repo), await mustPlan(repo, { branch: name }))
      expect(repo.git('config', '--list', '--local', '--name-only').match(/^branch\..*/gm)).toEqual([
        'branch.topic.remote',
      ])
    },
  )

  test('stays while the branch is there', async () => {
    const repo = makeRepo('tracking')
    const basis = await capture(repo)
    const plan: Plan = { kind: 'plan', basis, effects: [{ kind: 'forget-branch', branch: 'feature' as BranchName }] }
    await apply(contextOf(repo), plan)
    expect(section(repo, 'feature')).not.toBe('')
  })

  test('that can not be written keeps no branch from being deleted', async () => {
    const repo = makeRepo('basic')
    repo.git('config', 'branch.topic.remote', 'origin')
    writeFileSync(join(repo.dir, '.git/config.lock'), '')
    const { changes } = await apply(contextOf(repo), await mustPlan(repo, { branch: 'topic' }))
    expect(changes).toHaveLength(1)
    expect(branches(repo)).toBe('main')
    expect(section(repo, 'topic')).not.toBe('')
  })
})

test('a second effect that fails leaves the first one done, and says so by its error', async () => {
  const repo = makeRepo('ahead')
  const { basis, effects } = await mustPlan(repo, { branch: 'topic' })
  const ref = 'refs/heads/feature' as RefName
  const stale = { kind: 'delete', ref, expected: repo.oid('main') } as const
  const plan: Plan = { kind: 'plan', basis, effects: [...effects, { kind: 'edit-refs', edits: [stale], reason: 'x' }] }
  await expect(apply(contextOf(repo), plan)).rejects.toMatchObject({ code: 'REF_MOVED' })
  expect(branches(repo)).toBe('feature\nmain')
})

test('from a linked worktree, refs and journal are those of the repository', async () => {
  const repo = makeRepo('ahead')
  const linked = repo.addWorktree('feature')
  const plan = await mustPlan(repo, { branch: 'topic' })
  const context = contextOf(repo)
  const there = { ...context, reader: { ...context.reader, cwd: linked }, writer: { ...context.writer, cwd: linked } }
  await apply(there, plan)
  expect(branches(repo)).toBe('feature\nmain')
})

describe('at once', () => {
  test('eight want the same branch gone: one does it, the others learn that it went', async () => {
    const repo = makeRepo('basic')
    const plan = await mustPlan(repo, { branch: 'topic' })
    const runs = await Promise.allSettled(Array.from({ length: 8 }, () => apply(contextOf(repo), plan)))
    expect(runs.filter((run) => run.status === 'fulfilled')).toHaveLength(1)
    const reasons = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason.code as string] : []))
    expect(reasons).toEqual(Array.from({ length: 7 }, () => 'REF_MOVED'))
    expect(branches(repo)).toBe('main')
  })

  test('twelve different branches all go, and nothing else', async () => {
    const repo = makeRepo('basic')
    const names = Array.from({ length: 12 }, (_, at) => `merged-${at}`)
    for (const name of names) repo.git('branch', name, 'main~1')
    repo.git('pack-refs', '--all')
    const plans = await Promise.all(names.map((branch) => mustPlan(repo, { branch })))
    await Promise.all(plans.map((plan) => apply(contextOf(repo), plan)))
    expect(branches(repo)).toBe('main\ntopic')
  })

  test('a commit and a deletion of one branch: the commit is never lost', async () => {
    for (let round = 0; round < 5; round++) {
      const repo = makeRepo('basic')
      const plan = await mustPlan(repo, { branch: 'topic' })
      const before = repo.oid('topic')
      const commit = repo.git('commit-tree', '-p', 'topic', '-m', 'new work', 'topic^{tree}')
      const context = contextOf(repo)
      const [deleted, committed] = await Promise.allSettled([
        apply(context, plan),
        context.writer.write(['update-ref', 'refs/heads/topic', commit, before]),
      ])
      expect([deleted.status, committed.status].sort()).toEqual(['fulfilled', 'rejected'])
      expect(branches(repo)).toBe(deleted.status === 'fulfilled' ? 'main' : 'main\ntopic')
      if (committed.status === 'fulfilled') expect(repo.oid('topic')).toBe(commit)
    }
  })
})

test('a repository whose refs can not be read afterwards is an error, not an empty snapshot', async () => {
  const repo = makeRepo('basic')
  const basis = await capture(repo)
  repo.write('.git/packed-refs', 'garbage\n')
  const failure = apply(contextOf(repo), { kind: 'plan', basis, effects: [] })
  await expect(failure).rejects.toMatchObject({ code: 'GIT_FAILED' })
})

test('the state that tests compare sees a moved reflog', () => {
  const repo = makeRepo('basic')
  const before = stateOf(repo)
  repo.git('update-ref', '-m', 'there', 'refs/heads/topic', 'main')
  repo.git('update-ref', '-m', 'and back', 'refs/heads/topic', 'main~1')
  expect(stateOf(repo)).not.toBe(before)
})
