import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type CliAnswer, wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const put = (path: string, text: string): string => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

const user = (repo: TestRepo, text: string): string => put(join(repo.base, 'home/.config/wt/config.toml'), text)

/** A repository with four layers, two of them with a part for the project. */
const layered = (): TestRepo & { readonly system: string; readonly own: string } => {
  const repo = makeRepo('basic')
  repo.git('remote', 'add', 'origin', 'https://github.com/acme/widget.git')
  const system = put(
    join(repo.base, 'system.toml'),
    '[merge]\nff = false\nsquash = false\n[pre-merge]\nlint = "make lint"\n',
  )
  const own = user(
    repo,
    `worktree-path = "../w/{{ branch }}" # mine
[list]
columns = ["branch", "age"]
full = true
[merge]
squash = true
[pre-merge]
test = "make test"
[step.copy-ignored]
exclude = ["a"]
[projects."github.com/acme/*"]
list.remotes = true
list.full = false
forge.hostname = "api.example"
forge.platform = "gitlab"
`,
  )
  repo.write(
    '.config/wt.toml',
    'pre-merge = "make all"\n[forge]\nplatform = "github"\n[step.copy-ignored]\nexclude = ["b"]\n',
  )
  return { ...repo, system, own, env: { ...repo.env, WT_SYSTEM_CONFIG_PATH: system, WT_MERGE__REBASE: 'false' } }
}

const run = (repo: TestRepo, words: readonly string[]): Promise<CliAnswer> => wt(repo, ['config', ...words])

describe('four layers', () => {
  test('every value in force, and where it comes from', async () => {
    const repo = layered()
    const { code, out } = await run(repo, [
      'show',
      '--json',
      '--config-set=list.remotes=false',
      '--config-set=commit.stage="none"',
    ])
    expect(code).toBe(0)
    const { effective } = JSON.parse(out) as { effective: { key: string; value: unknown; origin: object }[] }
    const found = new Map(effective.map(({ key, value, origin }) => [`${key} ${JSON.stringify(value)}`, origin]))
    const entry = { kind: 'user', name: repo.own, project: 'github.com/acme/*' }
    const project = { kind: 'project', name: join(repo.dir, '.config/wt.toml') }
    for (const [line, origin] of Object.entries({
      'worktree-path "../w/{{ branch }}"': { kind: 'user', name: repo.own },
      'list.columns ["branch","age"]': { kind: 'user', name: repo.own },
      'list.full false': entry,
      'list.remotes false': { kind: 'command_line', name: '--config-set' },
      'commit.stage "none"': { kind: 'command_line', name: '--config-set' },
      'merge.ff false': { kind: 'system', name: repo.system },
      'merge.squash true': { kind: 'user', name: repo.own },
      'merge.rebase false': { kind: 'environment', name: 'WT_MERGE__REBASE' },
      'merge.commit true': { kind: 'default' },
      'pre-merge {"lint":"make lint"}': { kind: 'system', name: repo.system },
      'pre-merge {"test":"make test"}': { kind: 'user', name: repo.own },
      'pre-merge "make all"': project,
      'step.copy-ignored.exclude ["b"]': project,
      'forge.hostname "api.example"': entry,
      'forge.platform "github"': project,
    })) {
      expect(found.get(line), line).toEqual(origin)
    }
    expect(effective.filter(({ key }) => key === 'forge.platform')).toHaveLength(1)
    expect(effective.filter(({ key }) => key === 'pre-merge').map(({ value }) => value)).toEqual([
      { lint: 'make lint' },
      { test: 'make test' },
      'make all',
    ])
  })

  test('as a person sees it', async () => {
    const repo = layered()
    const { out, code } = await run(repo, ['show'])
    expect(code).toBe(0)
    await expect(out.replaceAll(repo.base, '…')).toMatchFileSnapshot('../../snapshots/config/show.txt')
  })

  test('one value, and a table of them', async () => {
    const repo = layered()
    expect((await run(repo, ['get', 'worktree-path'])).out).toBe('../w/{{ branch }}\n')
    expect((await run(repo, ['get', 'merge.rebase', '--show-origin'])).out).toBe('WT_MERGE__REBASE\tfalse\n')
    expect((await run(repo, ['get', 'list.full', '--show-origin'])).out).toBe(
      '~/.config/wt/config.toml [projects."github.com/acme/*"]\tfalse\n',
    )
    expect((await run(repo, ['get', 'switch'])).out).toBe('switch.cd = true\nswitch.picker.preview = true\n')
    expect(await run(repo, ['get', 'commit.generation.command'])).toEqual({ code: 1, out: '', err: '' })
    expect((await run(repo, ['get', 'list.ful'])).err).toContain('did you mean list.full?')
    for (const key of ['', 'a b', 'a = 1\nb', 'nope', 'list.full.x'])
      expect((await run(repo, ['get', key])).code, key).toBe(1)
  })
})

describe('what can’t be used', () => {
  const broken: readonly (readonly [string, (repo: TestRepo) => void, RegExp])[] = [
    ['a file that is no TOML', (repo) => user(repo, 'a = 1\nb = [[\n'), /config\.toml:\d:\d/],
    [
      'a value of the wrong type',
      (repo) => user(repo, '[list]\nfull = 1\n'),
      /list\.full must be true or false, not 1/,
    ],
    ['a project file that is no TOML', (repo) => repo.write('.config/wt.toml', '['), /wt\.toml:1:2/],
    ['a column that does not exist', (repo) => user(repo, '[list]\ncolumns = ["branch", "no-such"]\n'), /no-such/],
    ['a column without a template', (repo) => user(repo, '[list.custom-columns.T]\nwidth = 2\n'), /T has no template/],
    [
      'a template that is wrong',
      (repo) => user(repo, '[list.custom-columns.T]\ntemplate = "{{ x"\n'),
      /custom-columns\.T/,
    ],
    [
      'approvals that are no TOML',
      (repo) => put(join(repo.base, 'home/.config/wt/approvals.toml'), '[[['),
      /approvals\.toml:1/,
    ],
    [
      'approvals that hold something else',
      (repo) => put(join(repo.base, 'home/.config/wt/approvals.toml'), 'a = 1'),
      /something else/,
    ],
  ]
  test.each(broken)('%s: every part is there, and the answer is 1', async (_, spoil, words) => {
    const repo = makeRepo('basic')
    spoil(repo)
    const { code, out } = await run(repo, ['show'])
    expect([code, out]).toEqual([1, expect.stringMatching(words)])
    for (const part of ['SYSTEM CONFIG', 'USER CONFIG', 'PROJECT CONFIG', 'APPROVALS', 'EFFECTIVE'])
      expect(out).toContain(part)
    expect((await run(repo, ['show', '--json'])).code).toBe(1)
  })

  test('keys that nobody knows, and what does not fit in a variable, are warnings', async () => {
    const repo = makeRepo('basic')
    user(repo, 'no-such-key = 1\n[projects."x".list]\n')
    repo.write('.config/wt.toml', 'worktree-path = "x"\n')
    const env = { ...repo.env, WT_LIST__FULL: 'maybe', WT_LIST__CUSTOM_COLUMNS__T__WIDTH: '3' }
    const { code, out } = await wt(repo, ['config', 'show'], { env })
    expect(code).toBe(0)
    for (const words of [
      'no-such-key',
      'WT_LIST__FULL is ignored',
      't has no template',
      'belongs in the user configuration',
    ]) {
      expect(out).toContain(words)
    }
    expect(out.match(/▲/g)).toHaveLength(4)
  })

  test('get answers nothing from a configuration that is broken', async () => {
    const repo = makeRepo('basic')
    const file = user(repo, 'a = [\n')
    const { code, out, err } = await run(repo, ['get', 'list.full'])
    expect([code, out, err]).toEqual([1, '', expect.stringContaining(`${file}:`)])
  })

  test('commands of the project that wait for approval are counted', async () => {
    const repo = makeRepo('basic')
    repo.write('.config/wt.toml', '[pre-start]\na = "one"\nb = "two"\n[aliases]\nc = "three"\n')
    put(join(repo.base, 'home/.config/wt/approvals.toml'), `[projects."${repo.dir}"]\napproved-commands = ["one"]\n`)
    expect((await run(repo, ['show'])).out).toContain('wait for approval: 2')
  })
})

test('outside of a repository there is no project', async () => {
  const repo = makeRepo('basic')
  user(repo, 'worktree-path = "found-me"\n')
  const { code, out } = await wt(repo, ['config', 'show', '--json'], { cwd: repo.base })
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    user: { exists: true, config: { 'worktree-path': 'found-me' } },
    project: { path: null, exists: false, identifier: null, config: null },
  })
})
