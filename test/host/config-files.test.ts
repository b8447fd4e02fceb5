import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, inject, test } from 'vitest'
import { type ConfigRequest, loadConfig } from '../../src/host/config-files.ts'

let base: string
let home: string
let root: string
beforeEach(() => {
  base = mkdtempSync(join(inject('tempRoot'), 'config-'))
  home = join(base, 'home')
  root = join(base, 'repo')
  mkdirSync(home)
  mkdirSync(root)
})

const put = (path: string, text: string | Uint8Array): string => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}
const pathIs = (text: string): string => `worktree-path = "${text}"\n`
const putUser = (text: string): string => put(join(home, '.config/wt/config.toml'), text)
const putProject = (text: string): string => put(join(root, '.config/wt.toml'), text)

const load = (request: Partial<ConfigRequest> = {}) =>
  loadConfig({
    cwd: root,
    homeDir: home,
    configSets: [],
    projectRoot: root,
    projectIds: [],
    platform: 'linux',
    ...request,
    // No test reads this machine's own file.
    env: { XDG_CONFIG_DIRS: join(base, 'etc'), ...request.env },
  })
const worktreePath = async (request?: Partial<ConfigRequest>): Promise<string> =>
  (await load(request)).config.worktreePath

const DEFAULT = '{{ repo_path }}/../{{ repo }}.{{ branch | sanitize }}'

test('without any file: the defaults, and not a word', async () => {
  expect(await load()).toMatchObject({ config: { worktreePath: DEFAULT }, projectConfig: {}, warnings: [] })
})

test('an empty file and a byte order mark are fine', async () => {
  putUser('\n')
  putProject('\uFEFF[list]\nurl = "u"\n')
  expect(await load()).toMatchObject({ projectConfig: { listUrl: 'u' }, warnings: [] })
})

test('a missing --config is only warned of, and nothing stands in for it', async () => {
  putUser(pathIs('home'))
  const { config, warnings } = await load({ configPath: 'gone.toml' })
  expect(config.worktreePath).toBe(DEFAULT)
  expect(warnings).toEqual([`--config names a file that is not there: ${join(root, 'gone.toml')}`])
  expect((await load({ env: { WT_CONFIG_PATH: 'gone.toml' } })).warnings).toEqual([])
})

test("/dev/null is nobody's file", async () => {
  putUser(pathIs('home'))
  const { config, warnings } = await load({ env: { WT_CONFIG_PATH: '/dev/null' } })
  expect([config.worktreePath, warnings]).toEqual([DEFAULT, []])
})

test('of several system files the first that exists is the only one', async () => {
  put(join(base, 'a/wt/config.toml'), '[list]\nfull = true\n')
  put(join(base, 'b/wt/config.toml'), pathIs('b'))
  const { config } = await load({
    env: { XDG_CONFIG_DIRS: ['none', 'a', 'b'].map((name) => join(base, name)).join(':') },
  })
  expect(config).toMatchObject({ worktreePath: DEFAULT, list: { full: true } })
})

test('system < user < environment < --config-set, the last of those first', async () => {
  put(join(base, 'etc/wt/config.toml'), `${pathIs('system')}[list]\nfull = true\n`)
  expect(await worktreePath()).toBe('system')
  putUser(pathIs('user'))
  expect(await worktreePath()).toBe('user')
  const env = { WT_WORKTREE_PATH: 'env' }
  expect(await worktreePath({ env })).toBe('env')
  expect(await worktreePath({ env, configSets: [pathIs('one'), pathIs('two')] })).toBe('two')
  expect((await load({ env, configSets: ['list.branches = true'] })).config.list).toMatchObject({
    full: true,
    branches: true,
  })
})

test('the project entry of the user file', async () => {
  putUser(`${pathIs('all')}[projects."github.com/acme/*"]\n${pathIs('acme')}`)
  expect(await worktreePath({ projectIds: ['github.com/acme/app'] })).toBe('acme')
  expect(await worktreePath({ projectIds: ['github.com/other/app'] })).toBe('all')
})

describe("the project's own file", () => {
  test('is read', async () => {
    putProject('[list]\nurl = "own"\n')
    expect((await load()).projectConfig.listUrl).toBe('own')
    expect((await load({ env: { WT_PROJECT_CONFIG_PATH: '' } })).projectConfig.listUrl).toBeUndefined()
  })

  test('a relative one without a worktree is wrong', async () => {
    const request = { projectRoot: undefined, env: { WT_PROJECT_CONFIG_PATH: 'sub/wt.toml' } }
    expect((await load(request)).warnings).toEqual([
      'WT_PROJECT_CONFIG_PATH is relative (sub/wt.toml) and there is no worktree; nothing in it is used',
    ])
  })

  test('it can set nothing that is left to the user', async () => {
    putProject(pathIs('evil'))
    const { config, warnings } = await load()
    expect(config.worktreePath).toBe(DEFAULT)
    expect(warnings).toEqual([expect.stringContaining('worktree-path')])
  })

  test('a link to something endless is not followed', async () => {
    const path = join(root, 'wt.toml')
    symlinkSync('/dev/zero', path)
    expect((await load({ env: { WT_PROJECT_CONFIG_PATH: 'wt.toml' } })).warnings).toEqual([
      `${path} could not be read: it is not a regular file; nothing in it is used`,
    ])
  })
})

describe('what is broken', () => {
  test('TOML: file, line, column and the place, and the other layers hold', async () => {
    const path = putUser('[list]\nfull = yes\n')
    putProject('[list]\nurl = "u"\n')
    const { config, projectConfig, warnings } = await load({ configSets: [pathIs('set')] })
    expect(config).toMatchObject({ worktreePath: 'set', list: { full: false } })
    expect(projectConfig.listUrl).toBe('u')
    expect(warnings).toHaveLength(1)
    const [first, ...excerpt] = warnings[0]?.split('\n') ?? []
    expect(first).toMatch(new RegExp(`^${path}:2:8: .+; nothing in it is used$`))
    expect(excerpt).toEqual(['1:  [list]', '2:  full = yes', '           ^'])
  })

  test('control characters of a broken file do not reach the terminal', async () => {
    putProject('[pre-start\n\u001b]0;title\u0007')
    const { warnings } = await load()
    expect(warnings.join('')).toContain('\\u001b]0;title\\u0007')
    expect(warnings.join('')).not.toContain('\u001b')
  })

  test.each<[string, () => Partial<ConfigRequest> | undefined, RegExp]>([
    ['a directory', () => ({ configPath: base }), /could not be read: it is a directory; nothing/],
    ['not UTF-8', () => ({ configPath: put(join(base, 'latin'), Buffer.from('a = "\xe9"', 'latin1')) }), /not UTF-8/],
    ['a fragment', () => ({ configSets: ['list.full ='] }), /^--config-set:1:12: /],
    [
      'a wrong type',
      () => ({ configSets: ['list.full = 1'] }),
      /^--config-set: list\.full must be true or false, not 1; nothing/,
    ],
    [
      'an unknown key',
      () => ({ configSets: ['list.ful = true'] }),
      /^--config-set: unknown key list\.ful; did you mean list\.full\?$/,
    ],
    ['a variable', () => ({ env: { WT_LIST__FULL: 'x' } }), /^WT_LIST__FULL is ignored/],
  ])('%s', async (_, request, warning) => {
    expect((await load(request())).warnings).toEqual([expect.stringMatching(warning)])
  })

  test('a link to itself', async () => {
    const path = join(root, 'loop.toml')
    symlinkSync(path, path)
    expect((await load({ configPath: path })).warnings).toEqual([expect.stringContaining('it is a link to itself')])
  })

  test('a strict caller gets an error, but not for what is merely unknown', async () => {
    await expect(load({ strict: true, configSets: ['a ='] })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
    await expect(load({ strict: true, configSets: ['list.full = 1'] })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    })
    putProject('[list]\nurl = 1\n')
    await expect(load({ strict: true })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `${join(root, '.config/wt.toml')}: list.url must be text, not 1`,
    })
    putProject('')
    expect((await load({ strict: true, configSets: ['a = 1'], env: { WT_LIST__FULL: 'x' } })).warnings).toHaveLength(2)
  })
})
