import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { makeRepo, type TestRepo } from '../support/repo.ts'
import { branchesOf, statusOf, underWay, worktreesOf } from '../support/switching.ts'
import { copyBuilt, type Ended, runBuilt } from './built.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const MANY = 50
const numbers = Array.from({ length: MANY }, (_, at) => at)

const atOnce = (repo: TestRepo, words: (at: number) => readonly string[], count = MANY): Promise<readonly Ended[]> =>
  Promise.all(numbers.slice(0, count).map((at) => runBuilt(wt, words(at), { cwd: repo.dir, env: repo.env })))

const leftOver = (repo: TestRepo): readonly string[] => {
  const locks = readdirSync(join(repo.dir, '.git'), { recursive: true, encoding: 'utf8' })
  return [...underWay(repo), ...locks.filter((name) => name.endsWith('.lock'))]
}

test('fifty at once, each with a name of its own: all succeed', { timeout: 120_000 }, async () => {
  const repo = makeRepo('basic')
  const ended = await atOnce(repo, (at) => ['switch', '--create', `b${at}`])
  expect(ended.filter(({ code }) => code !== 0).map(({ stderr }) => stderr)).toEqual([])
  const expected = Object.fromEntries(numbers.map((at) => [`repo.b${at}`, `b${at}`]))
  expect(worktreesOf(repo)).toEqual({ repo: 'main', ...expected })
  for (const at of numbers) expect(statusOf(repo, `${repo.dir}.b${at}`)).toEqual([])
  expect(leftOver(repo)).toEqual([])
})

test('fifty at once with one name: one has it, the others are told who', { timeout: 120_000 }, async () => {
  const repo = makeRepo('basic')
  const ended = await atOnce(repo, () => ['switch', '--create', 'x'])
  expect(ended.filter(({ code }) => code === 0)).toHaveLength(1)
  for (const { code, stderr } of ended.filter((each) => each.code !== 0)) {
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /✗ (?:branch )?x (?:is there already|was checked out at .*repo\.x meanwhile|was created meanwhile)/,
    )
    expect(stderr).toContain('wt switch x')
  }
  expect(branchesOf(repo)).toEqual(['main', 'topic', 'x'])
  expect(worktreesOf(repo)).toEqual({ repo: 'main', 'repo.x': 'x' })
  expect(statusOf(repo, `${repo.dir}.x`)).toEqual([])
  expect(leftOver(repo)).toEqual([])
})

test('many at once to a branch that is there: all arrive, and find its files', { timeout: 120_000 }, async () => {
  const repo = makeRepo('basic')
  const ended = await atOnce(repo, () => ['switch', 'topic', '--json', '-x', 'cat', '--', 'README.md'], 20)
  expect(ended.filter(({ code }) => code !== 0).map(({ stderr }) => stderr)).toEqual([])
  const actions = ended.map(({ stdout }) => (JSON.parse(stdout.split('\n')[0] ?? '') as { action: string }).action)
  expect(actions.filter((action) => action === 'created')).toHaveLength(1)
  expect(worktreesOf(repo)).toEqual({ repo: 'main', 'repo.topic': 'topic' })
  expect(leftOver(repo)).toEqual([])
})

test('two at once for one place: one has it, and the other has made nothing', async () => {
  const repo = makeRepo('basic')
  const ended = await atOnce(repo, (at) => ['switch', '--create', at === 0 ? 'a/b' : 'a-b'], 2)
  expect(ended.map(({ code }) => code).sort()).toEqual([0, 1])
  expect(branchesOf(repo)).toHaveLength(3)
  expect(existsSync(`${repo.dir}.a-b/README.md`)).toBe(true)
  expect(leftOver(repo)).toEqual([])
})
