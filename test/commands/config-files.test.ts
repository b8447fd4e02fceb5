import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'smol-toml'
import { describe, expect, test } from 'vitest'
import { checkTable } from '../../src/core/config-check.ts'
import { PROJECT_SCHEMA, USER_SCHEMA } from '../../src/core/config-schema.ts'
import type { ConfigTable } from '../../src/core/config-value.ts'
import { type CliAnswer, itemOf, listJson, wt } from '../support/cli.ts'
import { makeRepo, type TestRepo } from '../support/repo.ts'

const run = (repo: TestRepo, words: readonly string[], cwd = repo.dir): Promise<CliAnswer> =>
  wt(repo, ['config', ...words], { cwd })

const userFile = (repo: TestRepo): string => join(repo.base, 'home/.config/wt/config.toml')
const put = (path: string, text: string): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** An example with everything in it set. */
const uncommented = (text: string): ConfigTable =>
  parse(text.replaceAll(/^# /gm, ''), { integersAsBigInt: false }) as ConfigTable

describe('wt config create', () => {
  test('a user’s file that sets nothing, and would be right if it did', async () => {
    const repo = makeRepo('basic')
    expect((await run(repo, ['create', '--dry-run'])).code).toBe(0)
    expect(existsSync(userFile(repo))).toBe(false)
    expect((await run(repo, ['create'])).err).toContain(`made ${userFile(repo)}`)
    const text = readFileSync(userFile(repo), 'utf8')
    expect(parse(text)).toEqual({})
    expect(checkTable(uncommented(text), USER_SCHEMA)).toEqual({ errors: [], warnings: [] })
    put(userFile(repo), 'mine = 1\n')
    expect((await run(repo, ['create'])).code).toBe(0)
    expect(readFileSync(userFile(repo), 'utf8')).toBe('mine = 1\n')
    expect(readdirSync(dirname(userFile(repo)))).toEqual(['config.toml'])
  })

  test('a project’s file, in the worktree at hand', async () => {
    const repo = makeRepo('basic')
    const there = repo.addWorktree('there', { from: 'main' })
    expect((await run(repo, ['create', '--project'], there)).code).toBe(0)
    const text = readFileSync(join(there, '.config/wt.toml'), 'utf8')
    expect(parse(text)).toEqual({})
    expect(checkTable(uncommented(text), PROJECT_SCHEMA)).toEqual({ errors: [], warnings: [] })
    expect(existsSync(join(repo.dir, '.config'))).toBe(false)
  })

  test('no place for it: a link that leads nowhere, a file in the way, no worktree, no repository', async () => {
    const repo = makeRepo('basic')
    mkdirSync(dirname(userFile(repo)), { recursive: true })
    symlinkSync(join(repo.base, 'dotfiles.toml'), userFile(repo))
    const { code, err } = await run(repo, ['create'])
    expect([code, err]).toEqual([1, expect.stringContaining(`${userFile(repo)} can’t be written: it is a link`)])
    expect([lstatSync(userFile(repo)).isSymbolicLink(), existsSync(join(repo.base, 'dotfiles.toml'))]).toEqual([
      true,
      false,
    ])
    rmSync(dirname(userFile(repo)), { recursive: true })
    writeFileSync(dirname(userFile(repo)), '')
    expect((await run(repo, ['create'])).code).toBe(1)
    expect((await run(makeRepo('basic', { bare: true }), ['create', '--project'])).err).toContain(
      'there is no worktree here',
    )
    expect((await run(repo, ['create', '--project'], repo.base)).code).toBe(1)
  })

  test('a project’s file, at the root of a bare repository: in the default branch’s worktree', async () => {
    const repo = makeRepo('basic', { bare: true })
    const dir = repo.addWorktree('main', { path: join(repo.base, 'm') })
    expect((await run(repo, ['create', '--project', '--dry-run'])).err).toContain(join(dir, '.config/wt.toml'))
    expect((await run(repo, ['create', '--project'])).code).toBe(0)
    expect(existsSync(join(dir, '.config/wt.toml'))).toBe(true)
  })
})

describe('wt config import', () => {
  const theirs = (repo: TestRepo): string => join(repo.base, 'home/.config/worktrunk/config.toml')
  const arrived = (): TestRepo => {
    const repo = makeRepo('basic')
    put(theirs(repo), 'worktree-path = "../x" # mine\n[unknown]\n')
    repo.git('config', 'worktrunk.state.topic.marker', '{"marker":"m","set_at":5}')
    repo.git('config', 'worktrunk.state.a.vars.b.vars.k', 'one\ntwo')
    repo.git('config', 'worktrunk.hints.x', '1')
    return repo
  }

  test('copies the file and what is kept of branches, and takes nothing away', async () => {
    const repo = arrived()
    repo.git('branch', 'a.vars.b')
    const { out } = await run(repo, ['import', '--dry-run'])
    expect([out, existsSync(userFile(repo))]).toEqual(['', false])
    expect((await run(repo, ['import'])).code).toBe(0)
    expect(readFileSync(userFile(repo), 'utf8')).toBe(readFileSync(theirs(repo), 'utf8'))
    const list = await listJson(repo, ['--branches'])
    expect(itemOf(list, 'topic').marker).toBe('m')
    expect(itemOf(list, 'a.vars.b').vars).toEqual({ k: 'one\ntwo' })
    expect(repo.git('config', 'worktrunk.hints.x')).toBe('1')
    expect(repo.tryGit(['config', 'wt.hints.x']).code).toBe(1)
  })

  test('what is there already stays', async () => {
    const repo = arrived()
    put(userFile(repo), '# own\n')
    await wt(repo, ['config', 'state', 'marker', 'set', 'own', '--branch', 'topic'])
    expect((await run(repo, ['import'])).code).toBe(0)
    expect(readFileSync(userFile(repo), 'utf8')).toBe('# own\n')
    expect((await wt(repo, ['config', 'state', 'marker', '--branch', 'topic'])).out).toBe('own\n')
    expect((await run(repo, ['import'])).err).toContain('no state to copy')
  })

  test('the first run says so, once, where somebody reads it', async () => {
    const repo = arrived()
    expect((await wt(repo, ['list', 'statusline'])).err).toBe('')
    expect((await wt(repo, ['list'])).err).toContain('wt config import')
    expect((await wt(repo, ['list'])).err).not.toContain('import')
    const settled = arrived()
    put(userFile(settled), '')
    expect((await wt(settled, ['list'])).err).not.toContain('import')
    expect((await wt(makeRepo('basic'), ['list'])).err).not.toContain('import')
  })

  test('outside of a repository the file only; nothing to copy is no failure', async () => {
    const repo = arrived()
    expect((await run(repo, ['import'], repo.base)).err).toContain('run it again in a repository')
    expect(existsSync(userFile(repo))).toBe(true)
    expect((await run(makeRepo('basic'), ['import'])).code).toBe(0)
  })
})
