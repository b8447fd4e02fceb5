import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type CliAnswer, wt } from '../support/cli.ts'
import { approvalsFile, marked, markOf, projectConfig, userConfig, writeApprovals } from '../support/hooks.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const alias = (repo: TestRepo, ...words: readonly string[]): Promise<CliAnswer> =>
  wt(repo, ['config', 'alias', ...words])

/** A repository with aliases of the user and of the project. */
const scene = (): TestRepo => {
  const repo = makeRepo('basic')
  userConfig(
    repo,
    `[aliases]
up = "touch ${marked(repo, 'ran')} {{ args }}"
pipe = ["echo one", { a = "echo {{ branch }}", b = "echo b" }]
list = "echo mine"
prune = "echo mine"
`,
  )
  projectConfig(repo, '[aliases]\nup = "echo {{ repo_root }} {{ env | default(\'dev\') }}"\n')
  return repo
}

describe('wt config alias show', () => {
  test('every alias by name, the user’s commands first, with where they come from', async () => {
    const repo = scene()
    const { code, out, err } = await alias(repo, 'show')
    expect(code).toBe(0)
    expect(out.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      '○ list user',
      '○ pipe user',
      '○ pipe user:a',
      '○ pipe user:b',
      '○ prune user',
      '○ up user',
      '❯ up project (needs approval)',
    ])
    expect(out).toContain('  │ echo {{ branch }}\n')
    expect(err).toContain('to run it: wt step list')
    expect(err).toMatch(/hidden by wt prune.*\n.*another name/)
  })

  test('one of them; what is approved needs nothing more', async () => {
    const repo = scene()
    writeApprovals(
      repo,
      `[projects."${repo.dir}"]\napproved-commands = ["echo {{ repo_path }} {{ env | default('dev') }}"]\n`,
    )
    const { out, err } = await alias(repo, 'show', 'up')
    expect(out).toMatch(/^○ up user\n {2}│ touch .*\n○ up project\n {2}│ echo \{\{ repo_path \}\}.*\n$/)
    expect(err).toBe('')
  })

  test('an unknown one: exit code 2, and what may have been meant', async () => {
    const repo = scene()
    const hint = async (...words: readonly string[]): Promise<string> => {
      const { code, out, err } = await alias(repo, ...words)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      return err.split('\n')[1] ?? ''
    }
    expect(await hint('show', 'ppie')).toContain('did you mean pipe?')
    expect(await hint('dry-run', 'zzz')).toContain('there are: list, pipe, prune, up')
    expect((await alias(makeRepo('basic'), 'show', 'x')).err).toContain('[aliases]')
  })

  test('outside of a repository: the user’s own', async () => {
    const repo = scene()
    const { code, out } = await wt(repo, ['config', 'alias', 'show', 'up'], { cwd: repo.base })
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^○ up user\n.*\n$/) })
  })

  test('nothing is configured', async () => {
    const { code, out, err } = await alias(makeRepo('basic'), 'show')
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: '○ no aliases are configured\n' })
  })
})

describe('wt config alias dry-run', () => {
  test('prints what would be run with these words; runs nothing, asks nobody', async () => {
    const repo = scene()
    const { code, out, err } = await alias(repo, 'dry-run', 'up', '--', '--env=x y', 'a b', '--other', '$(id)')
    expect({ code, out }).toEqual({
      code: 0,
      out: `○ up user would run
  │ touch ${marked(repo, 'ran')} 'a b' --other '$(id)'
○ up project would run
  │ echo ${repo.dir} 'x y'
`,
    })
    expect(err).toContain('env is "x y"')
    expect(err).toContain('args are "a b" "--other" "$(id)"')
    expect([markOf(repo, 'ran'), existsSync(approvalsFile(repo))]).toEqual([undefined, false])
  })

  test('what vars says is only known when a command runs', async () => {
    const repo = makeRepo('basic')
    const body = "{{ vars.port }} {{- vars['my-key'] -}} {{ branch ~ vars.x }} {{ vars.a | default(env) }} {{ branch }}"
    userConfig(repo, `[aliases]\nserve = "echo ${body}"`)
    const { out } = await alias(repo, 'dry-run', 'serve', '--', '--env=1')
    expect(out).toContain(`echo ${body.replace('{{ branch }}', 'main')}`)
  })

  test('says what is wrong as running it would', async () => {
    const repo = makeRepo('basic')
    userConfig(repo, '[aliases]\nbad = "echo {{ missing }}"\ndry = "echo {{ dry_run }}"')
    expect(await alias(repo, 'dry-run', 'bad')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('missing'),
    })
    expect((await alias(repo, 'dry-run', 'dry', '--', '--dry-run', 'x')).out).toContain('echo x\n')
    expect((await alias(repo, 'dry-run', 'bad', 'word')).code).toBe(2)
    expect((await alias(repo, 'dry-run')).code).toBe(2)
    expect((await wt(repo, ['config', 'alias', 'dry-run', 'dry'], { cwd: repo.base })).code).toBe(1)
  })

  test('is what wt <alias> --dry-run points at', async () => {
    const repo = scene()
    const { code, err } = await wt(repo, ['up', '--dry-run'])
    const command = /wt (config alias dry-run up)/.exec(err)?.[1]
    expect({ code, command }).toEqual({ code: 1, command: 'config alias dry-run up' })
    expect((await wt(repo, (command ?? '').split(' '))).code).toBe(0)
    expect((await wt(repo, ['up', '--help'])).out).toContain('wt config alias dry-run up')
    expect((await alias(repo, 'dry-run', 'up', '--', '--help')).out).toBe('')
  })
})
