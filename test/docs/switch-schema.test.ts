import { readFileSync, writeFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { type SchemaNode, unseen } from './seen.ts'

const schema = JSON.parse(readFileSync(new URL('../../docs/schema/switch.json', import.meta.url), 'utf8')) as SchemaNode
const check = new Ajv2020({ strict: true, allErrors: true }).compile(schema)
const seen: unknown[] = []

/** Runs `wt switch <words> --json` and holds the one line that it prints against the schema. */
const line = async (repo: TestRepo, ...words: readonly string[]): Promise<unknown> => {
  const { code, out, err } = await wt(repo, ['switch', ...words, '--json'])
  expect(code, err).toBe(0)
  expect(out.split('\n')).toHaveLength(2)
  const value: unknown = JSON.parse(out)
  check(value)
  expect(check.errors).toBe(null)
  seen.push(value)
  return value
}

test('what switch prints follows docs/schema/switch.json', async () => {
  const repo = makeRepo('basic')
  repo.publish()
  repo.git('push', '-q', 'origin', 'main:theirs')
  repo.git('fetch', '-q')
  expect(await line(repo, 'main')).toMatchObject({ action: 'already_at' })
  expect(await line(repo, 'topic')).toMatchObject({ action: 'created', created_branch: false })
  expect(await line(repo, 'topic')).toMatchObject({ action: 'existing' })
  expect(await line(repo, repo.addWorktree('det', { from: 'main', detach: true }))).not.toHaveProperty('branch')
  expect(await line(repo, '-c', 'new', '--base', 'topic')).toMatchObject({ base_branch: 'topic', created_branch: true })
  repo.write('a.txt', 'changed\n')
  repo.git('rm', '-q', 'b.txt')
  writeFileSync(`${repo.dir}.planned`, 'in the way')
  const planned = await line(repo, '-c', 'planned', '--clobber', '--carry', '--dry-run')
  expect(planned).toMatchObject({ plan: { effects: [{ setAside: expect.any(String) }, { kind: 'carry' }] } })
  expect(await line(repo, 'new', '--dry-run')).toMatchObject({ action: 'existing', plan: { effects: [] } })
  expect(await line(repo, 'theirs', '--dry-run')).toMatchObject({ from_remote: 'origin/theirs' })
  repo.git('branch', 'plain')
  expect(await line(repo, 'plain', '--dry-run')).toMatchObject({
    plan: { effects: [{ source: { kind: 'existing' } }] },
  })
  expect(await line(repo, 'theirs')).toMatchObject({ from_remote: 'origin/theirs' })
})

test('a refusal prints nothing', async () => {
  const { code, out } = await wt(makeRepo('basic'), ['switch', 'nosuch', '--json'])
  expect({ code, out }).toEqual({ code: 1, out: '' })
})

afterAll(() => {
  expect(unseen(schema, seen)).toEqual([])
})
