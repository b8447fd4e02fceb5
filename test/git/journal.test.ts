import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apply } from '../../src/git/apply.ts'
import { type OperationRecord, operationsDirectory, recordOperation } from '../../src/git/journal.ts'
import { contextOf, mustPlan } from '../support/removal.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const recordsOf = (repo: TestRepo): readonly OperationRecord[] => {
  const directory = operationsDirectory(contextOf(repo).commonDir)
  if (!existsSync(directory)) return []
  const names = readdirSync(directory).sort()
  return names.map((name) => JSON.parse(readFileSync(join(directory, name), 'utf8')) as OperationRecord)
}

test('an operation leaves one whole record: who, when, what changed', async () => {
  const repo = makeRepo('basic')
  const topic = repo.oid('topic')
  const plan = await mustPlan(repo, { branch: 'topic' })
  await apply({ ...contextOf(repo), command: ['wt', 'remove', 'topic'], now: () => new Date(1_700_000_000_123) }, plan)
  const directory = join(repo.dir, '.git/wt/operations')
  const names = readdirSync(directory)
  expect(names).toEqual([expect.stringMatching(/^20231114T221320123Z-[0-9a-z]{12}\.json$/)])
  expect(JSON.parse(readFileSync(join(directory, names[0] as string), 'utf8'))).toEqual({
    version: 1,
    id: names[0]?.replace('.json', ''),
    time: '2023-11-14T22:13:20.123Z',
    command: ['wt', 'remove', 'topic'],
    outcome: { kind: 'done' },
    changes: [{ ref: 'refs/heads/topic', before: topic }],
    worktrees: { added: [], removed: [] },
    kept: [],
  })
})

test('an operation that failed half-way is recorded with what it did change', async () => {
  const repo = makeRepo('ahead')
  const { basis, effects } = await mustPlan(repo, { branch: 'topic' })
  const stale = await mustPlan(repo, { branch: 'feature', force: true })
  repo.git('branch', '-f', 'feature', 'main')
  const plan = { kind: 'plan', basis, effects: [...effects, ...stale.effects] } as const
  await expect(apply(contextOf(repo), plan)).rejects.toMatchObject({ code: 'REF_MOVED' })
  const records = recordsOf(repo)
  expect(records).toHaveLength(1)
  expect(records[0]?.outcome).toMatchObject({ kind: 'failed', code: 'REF_MOVED' })
  expect(records[0]?.changes.map((change) => change.ref)).toEqual(['refs/heads/feature', 'refs/heads/topic'])
})

test('names sort by time, and operations of one moment do not overwrite each other', async () => {
  const repo = makeRepo('basic')
  const { commonDir } = contextOf(repo)
  const record = (at: number, command: string) =>
    recordOperation(commonDir, { at: new Date(at), command: [command], changes: [], outcome: { kind: 'done' } })
  await record(3_000, 'late')
  await Promise.all(Array.from({ length: 20 }, () => record(2_000, 'middle')))
  await record(1_999, 'early')
  expect(recordsOf(repo).map((found) => found.command[0])).toEqual(['early', ...Array(20).fill('middle'), 'late'])
})

test('a name that is not UTF-8 comes back from the record as it went in', async () => {
  const repo = makeRepo('basic')
  const name = 'refs/heads/caf\udce9' as OperationRecord['changes'][number]['ref']
  const changes = [{ name, before: undefined, after: repo.oid('main') }]
  await recordOperation(contextOf(repo).commonDir, { at: new Date(0), command: [], changes, outcome: { kind: 'done' } })
  expect(recordsOf(repo)[0]?.changes[0]?.ref).toBe(name)
})

test.each([
  ['a file in its place', (repo: TestRepo) => repo.write('.git/wt', '')],
  ['a link that leads nowhere', (repo: TestRepo) => repo.git('-c', 'alias.x=!ln -s /nowhere/at/all .git/wt', 'x')],
])('a journal that can not be written does not undo what was done: %s', async (_, block) => {
  const repo = makeRepo('basic')
  block(repo)
  const { changes, warnings } = await apply(contextOf(repo), await mustPlan(repo, { branch: 'topic' }))
  expect(changes).toHaveLength(1)
  expect(warnings).toEqual([expect.stringMatching(/^the operation is not in the journal: /)])
  expect(repo.git('branch', '--list', 'topic')).toBe('')
})

test('a journal that can not be written hides no other failure', async () => {
  const repo = makeRepo('basic')
  repo.write('.git/wt', '')
  const plan = await mustPlan(repo, { branch: 'topic' })
  repo.git('branch', '-f', 'topic', 'main')
  await expect(apply(contextOf(repo), plan)).rejects.toMatchObject({ code: 'REF_MOVED' })
})

test('nothing half-written is left where records are read', async () => {
  const repo = makeRepo('basic')
  const { commonDir } = contextOf(repo)
  mkdirSync(operationsDirectory(commonDir), { recursive: true })
  const loop: unknown[] = []
  loop.push(loop)
  const operation = { at: new Date(0), command: loop as string[], changes: [], outcome: { kind: 'done' } as const }
  expect(await recordOperation(commonDir, operation)).toMatchObject({ kind: 'unwritten' })
  expect(readdirSync(operationsDirectory(commonDir))).toEqual([])
})
