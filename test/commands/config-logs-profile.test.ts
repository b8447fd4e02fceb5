import { channel } from 'node:diagnostics_channel'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { type CliAnswer, type CliOptions, wt } from '../support/cli.ts'
import { userConfig } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const logs = (repo: TestRepo, file: string): string => join(repo.dir, '.git/wt/logs', file)

const profile = (
  repo: TestRepo,
  words: readonly string[] = [],
  options: Partial<CliOptions> = {},
): Promise<CliAnswer> => wt(repo, ['config', 'state', 'logs', 'profile', ...words], options)

describe('-vv', () => {
  test.each([
    ['before the command', ['-vv', 'list'], {}],
    ['behind it', ['list', '-v', '--json', '-yv'], {}],
    ['in the environment', ['list'], { WT_VERBOSE: '2' }],
  ])('%s: what was started is written down, and summed up', async (_, words, more) => {
    const repo = makeRepo('basic')
    const { code, err } = await wt(repo, words, { env: { ...repo.env, ...more } })
    expect([code, err]).toEqual([0, expect.stringContaining('wt config state logs profile')])
    for (const file of ['trace.jsonl', 'trace.log', 'subprocess.log', 'diagnostic.md'])
      expect(statSync(logs(repo, file)).mode & 0o777, file).toBe(0o600)
    expect(readFileSync(logs(repo, 'subprocess.log'), 'utf8')).toContain('refs/heads/topic')
    expect(readFileSync(logs(repo, 'diagnostic.md'), 'utf8')).toMatch(/command: `wt .*list.*BY COMMAND\n {2}git /s)
    const { out } = await profile(repo, ['--json'])
    const { command_count, by_type, by_context } = JSON.parse(out)
    const kinds = by_type.map(({ command }: { readonly command: string }) => command)
    expect(kinds).toEqual(expect.arrayContaining(['git for-each-ref', 'git status']))
    expect(command_count).toBeGreaterThan(1)
    expect(by_context[0].context).toBe(repo.dir)
    expect((await profile(repo)).out).toContain('BY COMMAND\n')
    const listed = JSON.parse((await wt(repo, ['config', 'state', 'logs', '--json'])).out)
    expect(listed.diagnostic).toHaveLength(4)
  })

  test('the next one begins anew; nobody listens any more', async () => {
    const repo = makeRepo('basic')
    await wt(repo, ['-vv', 'list'])
    await wt(repo, ['-vv', 'config', 'state', 'marker', 'set', 'x'])
    expect(readFileSync(logs(repo, 'trace.jsonl'), 'utf8')).not.toContain('for-each-ref')
    expect([channel('child_process').hasSubscribers, channel('wt.git-printed').hasSubscribers]).toEqual([false, false])
  })

  test('a failing command is in it too', async () => {
    const repo = makeRepo('basic')
    expect((await wt(repo, ['-vv', 'switch', 'nope'])).code).toBe(1)
    expect(readFileSync(logs(repo, 'diagnostic.md'), 'utf8')).toContain('exit code: 1')
  })

  test('less than that, or words of somebody else’s, write nothing', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, '[aliases]\nshow = "true {{ args }}"')
    for (const words of [['list'], ['-v', 'list'], ['show', '-vv'], ['step', 'for-each', '--', 'true', '-vv']])
      expect((await wt(repo, words)).code, words.join(' ')).toBe(0)
    expect(existsSync(logs(repo, 'trace.jsonl'))).toBe(false)
  })

  test('where there is no repository: said so, and the command runs', async () => {
    const repo = makeRepo('basic')
    const { code, err } = await wt(repo, ['-vv', 'config', 'get', 'list'], { cwd: repo.base })
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('no trace is written') })
    expect((await wt(repo, ['-C', repo.dir, '-vv', 'list'], { cwd: repo.base })).err).toContain(
      logs(repo, '').slice(0, -1),
    )
  })
})

describe('wt config state logs profile', () => {
  const line = '{"kind":"cmd_completed","ts":10,"cmd":"git status","dur_us":5,"ok":true,"context":"x"}\n'

  test('of a file, or of standard input; the schema holds', async () => {
    const repo = makeRepo('basic')
    writeFileSync(join(repo.base, 'a.jsonl'), `${line}noise\n${line}`)
    const file = await profile(repo, ['../a.jsonl', '--format=json'])
    const input = await profile(repo, ['-', '--json'], { input: line + line, cwd: repo.base })
    expect([file.code, input.code, input.out]).toEqual([0, 0, file.out])
    const schema = JSON.parse(
      readFileSync(new URL('../../docs/schema/config-state-logs-profile.json', import.meta.url), 'utf8'),
    )
    const check = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema)
    expect([check({}), check(JSON.parse(file.out)), check.errors]).toEqual([false, true, null])
    expect(JSON.parse(file.out)).toMatchObject({ command_count: 2, cache: { same_context_extra_us: 5 } })
  })

  test('nothing to sum up: what to do', async () => {
    const repo = makeRepo('basic')
    for (const words of [[], ['nope'], ['-'], ['.']]) {
      const { code, out, err } = await profile(repo, words)
      expect({ code, out, err }).toEqual({ code: 1, out: '', err: expect.stringContaining('wt -vv list') })
    }
    expect((await profile(repo, [], { cwd: repo.base })).code).toBe(1)
    expect((await profile(repo, ['a', 'b'])).code).toBe(2)
  })
})
