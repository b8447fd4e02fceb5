import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { wt } from '../support/cli.ts'
import { projectConfig, userConfig, writeApprovals } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const answer = async (repo: TestRepo, words: readonly string[], name: string): Promise<unknown> => {
  const schema = JSON.parse(readFileSync(new URL(`../../docs/schema/${name}.json`, import.meta.url), 'utf8'))
  const check = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema)
  const { code, out, err } = await wt(repo, [...words, '--json'])
  expect(code, err).toBe(0)
  const document = JSON.parse(out)
  check(document)
  expect(check.errors).toBe(null)
  return document
}

const hooked = (): TestRepo => {
  const repo = makeRepo('ahead')
  userConfig(repo, 'pre-merge = "echo {{ branch }} {{ vars.x }}"')
  projectConfig(repo, 'post-start = ["a", { b = "b" }]')
  return repo
}

test('wt hook show', async () => {
  const repo = hooked()
  expect(await answer(repo, ['hook', 'show', '--expanded'], 'hook-show')).toEqual([
    {
      ...{ type: 'pre-merge', source: 'user', name: null, needs_approval: false },
      template: 'echo {{ branch }} {{ vars.x }}',
      expanded: 'echo main {{ vars.x }}',
    },
    { type: 'post-start', source: 'project', name: null, template: 'a', needs_approval: true, expanded: 'a' },
    { type: 'post-start', source: 'project', name: 'b', template: 'b', needs_approval: true, expanded: 'b' },
  ])
  expect(await answer(repo, ['hook', 'show', 'pre-remove'], 'hook-show')).toEqual([])
})

test('wt config approvals list', async () => {
  const list = (repo: TestRepo): Promise<unknown> => answer(repo, ['config', 'approvals', 'list'], 'approvals-list')
  const repo = hooked()
  writeApprovals(repo, `[projects."${repo.dir}"]\napproved-commands = ["a", "gone"]\n`)
  expect(await list(repo)).toEqual({
    state: 'approval_required',
    commands: [
      { phase: 'post-start', template: 'a', approved: true },
      { phase: 'post-start', name: 'b', template: 'b', approved: false },
    ],
    stale: ['gone'],
  })
  expect((await wt(repo, ['config', 'approvals', 'add', '--yes'])).code).toBe(0)
  expect(await list(repo)).toMatchObject({ state: 'approved', stale: ['gone'] })
  expect((await wt(repo, ['config', 'approvals', 'clear', '--stale'])).err).toContain('gone')
  expect(await list(repo)).toMatchObject({ state: 'approved', stale: [] })
  expect((await wt(repo, ['config', 'approvals', 'clear'])).err).toContain('withdrew 2 approvals')
  expect((await wt(repo, ['config', 'approvals', 'clear'])).err).toContain('nothing to withdraw')
  expect(await list(repo)).toMatchObject({ state: 'approval_required' })
  expect(await list(makeRepo('ahead'))).toEqual({ state: 'no_commands', commands: [], stale: [] })
})

test('a project without a file of its own has nothing to approve, which is an error', async () => {
  const add = ['config', 'approvals', 'add', '--yes']
  const { code, err } = await wt(makeRepo('ahead'), add)
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('wt config create --project') })
  const repo = makeRepo('ahead')
  projectConfig(repo, '')
  expect((await wt(repo, add)).code).toBe(0)
})

test('approving is asked for on a terminal, and refused without one', async () => {
  const repo = hooked()
  expect(await wt(repo, ['config', 'approvals', 'add'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('--yes'),
  })
  const declined = await wt(repo, ['config', 'approvals', 'add'], { answers: ['n'] })
  expect(declined).toMatchObject({ code: 0, err: expect.stringContaining('nothing was approved') })
  const { code, err } = await wt(repo, ['config', 'approvals', 'add'], { answers: ['y'] })
  expect(code).toBe(0)
  expect(err).toMatch(/post-start b[\s\S]*\[y\/N\] ✓ approved 2 commands\n$/)
  expect((await wt(repo, ['config', 'approvals', 'add'])).err).toContain('approved already')
})

test('wt config alias show', async () => {
  const repo = makeRepo('ahead')
  userConfig(repo, '[aliases]\nlist = "a"\nup = ["a {{ args }}", { x = "b {{ vars.y }}", y = "c {{ branch }}" }]')
  projectConfig(repo, '[aliases]\nup = "d"')
  const common = { alias: 'up', source: 'user', needs_approval: false, shadowed_by: null }
  expect(await answer(repo, ['config', 'alias', 'show'], 'config-alias-show')).toEqual([
    { ...common, alias: 'list', name: null, step: 1, template: 'a', shadowed_by: 'wt list' },
    { ...common, name: null, step: 1, template: 'a {{ args }}' },
    { ...common, name: 'x', step: 2, template: 'b {{ vars.y }}' },
    { ...common, name: 'y', step: 2, template: 'c {{ branch }}' },
    { ...common, source: 'project', name: null, step: 3, template: 'd', needs_approval: true },
  ])
  expect(await answer(makeRepo('ahead'), ['config', 'alias', 'show'], 'config-alias-show')).toEqual([])
  const words = ['config', 'alias', 'dry-run', '--json', 'up', '--', 'one', '--two']
  const { out } = await wt(repo, words)
  const schema = JSON.parse(
    readFileSync(new URL('../../docs/schema/config-alias-dry-run.json', import.meta.url), 'utf8'),
  )
  const check = new Ajv2020({ strict: true, allErrors: true }).compile(schema)
  expect([check({ more: 1 }), check(JSON.parse(out)), check.errors]).toEqual([false, true, null])
  const step = { source: 'user', step: 2 }
  expect(JSON.parse(out)).toEqual({
    alias: 'up',
    values: {},
    args: ['one', '--two'],
    commands: [
      { ...step, step: 1, name: null, command: 'a one --two' },
      { ...step, name: 'x', command: 'b {{ vars.y }}' },
      { ...step, name: 'y', command: 'c main' },
      { source: 'project', step: 3, name: null, command: 'd' },
    ],
  })
})
