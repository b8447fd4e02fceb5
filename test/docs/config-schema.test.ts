import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { EPOCH } from '../support/environment.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const schemaOf = (name: string): object =>
  JSON.parse(readFileSync(new URL(`../../docs/schema/${name}.json`, import.meta.url), 'utf8')) as object

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
ajv.addSchema(schemaOf('config-state'))

const put = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** The clock of the tests. Seconds since 1970. */
const NOW = EPOCH + 864_000

/** A repository in which there is something of everything. */
const busy = async (): Promise<TestRepo> => {
  const repo = makeRepo('basic')
  for (const file of ['commands.jsonl', 'trace.log', 'main/user/pre-start/a.log', 'gone/internal/remove.log']) {
    put(join(repo.dir, '.git/wt/logs', file), 'x')
  }
  put(join(repo.dir, '.git/wt/trash/x-1/file'), 'x')
  put(
    join(repo.base, 'home/.config/wt/config.toml'),
    'unknown = 1\n[list]\ncolumns = ["no-such"]\n[projects."*"]\nswitch.cd = false\n',
  )
  put(join(repo.base, 'home/.config/wt/approvals.toml'), '[[')
  repo.write('.config/wt.toml', 'pre-start = "x"\n')
  const entry = { status: 'failed', branch: 'main', head: repo.git('rev-parse', 'main'), checked_at: NOW }
  put(join(repo.dir, '.git/wt/cache/ci-status/main.json'), JSON.stringify(entry))
  for (const key of ['history', 'hints.a', 'state.main.vars.k', 'default-branch']) repo.git('config', `wt.${key}`, 'x')
  await wt(repo, ['config', 'state', 'marker', 'set', 'm'])
  return repo
}

const answers: readonly (readonly [words: readonly string[], check: ValidateFunction | undefined])[] = [
  [['state'], ajv.getSchema('config-state.json')],
  ...['cache', 'ci-status', 'logs', 'marker', 'vars', 'default-branch', 'previous-branch', 'hints'].map(
    (name) => [['state', name], ajv.getSchema(`config-state.json#/$defs/${name}`)] as const,
  ),
  [['get', 'list'], ajv.compile(schemaOf('config-get'))],
  [['show'], ajv.compile(schemaOf('config-show'))],
]

test.each(answers)('wt config %j --json', async (words, check) => {
  for (const repo of [await busy(), makeRepo('basic')]) {
    const { out } = await wt(repo, ['config', ...words, '--json'])
    check?.(JSON.parse(out))
    expect(check?.errors).toBe(null)
  }
})

test.each(answers)('wt config %j: another document is refused', async (_, check) => {
  expect([check?.({ more: 1 }), check?.([{ more: 1 }])]).toEqual([false, false])
})

test('outside of a repository', async () => {
  const repo = makeRepo('basic')
  const { out } = await wt(repo, ['config', 'show', '--json'], { cwd: repo.base })
  const check = ajv.compile({ ...schemaOf('config-show'), $id: 'outside' })
  check(JSON.parse(out))
  expect(check.errors).toBe(null)
})
