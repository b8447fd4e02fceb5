import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { itemOf, listJson, wt } from '../support/cli.ts'
import { codeOf, configOf, state } from '../support/config-state.ts'
import { makeRepo } from '../support/repo.ts'

describe('markers', () => {
  test('of the branch at hand and of others, as the list shows them', async () => {
    const repo = makeRepo('basic')
    const there = repo.addWorktree('f/x.vars.y', { from: 'main' })
    await state(repo, ['marker', 'set', '🤖'])
    await state(repo, ['marker', 'set', 'wip'], there)
    await state(repo, ['marker', 'set', 'by path', '--branch', there])
    expect(await state(repo, ['marker'])).toBe('🤖\n')
    expect(JSON.parse(await state(repo, ['marker', 'get', '--json', '--branch', 'f/x.vars.y']))).toEqual({
      branch: 'f/x.vars.y',
      marker: 'by path',
      set_at: expect.any(Number),
    })
    const list = await listJson(repo)
    expect([itemOf(list, 'main').marker, itemOf(list, 'f/x.vars.y').marker]).toEqual(['🤖', 'by path'])
    await state(repo, ['marker', 'clear'])
    expect(await state(repo, ['marker', 'get'])).toBe('\n')
    await state(repo, ['marker', 'clear', '--all'])
    expect(await state(repo, ['marker', '--branch=f/x.vars.y', '--format=json'])).toBe('null\n')
    expect(configOf(repo)).not.toContain('state')
  })

  test('outside of a repository set and clear are silent, get is not', async () => {
    const repo = makeRepo('basic')
    for (const words of [['set', 'x'], ['clear'], ['clear', '--all']]) {
      expect(await wt(repo, ['config', 'state', 'marker', ...words], { cwd: repo.base })).toEqual({
        code: 0,
        out: '',
        err: '',
      })
    }
    expect(await codeOf(repo, ['marker', 'get'], repo.base)).toBe(1)
  })

  test('set and clear start no process; a value can’t write another key', async () => {
    const repo = makeRepo('basic')
    const bin = join(repo.base, 'no-git')
    mkdirSync(bin)
    const env = { ...repo.env, PATH: bin }
    const value = 'x"\n[core]\n\thooksPath = evil\r\n# \\'
    for (const words of [['set', value], ['clear'], ['set', value]]) {
      expect((await wt(repo, ['config', 'state', 'marker', ...words], { env })).code).toBe(0)
    }
    expect(repo.tryGit(['config', 'core.hooksPath']).code).toBe(1)
    expect(JSON.parse(await state(repo, ['marker', 'get', '--json']))).toMatchObject({ marker: value })
  })

  test('detached, read-only, and command lines that can’t be meant', async () => {
    const repo = makeRepo('basic')
    expect(await codeOf(repo, ['marker', 'set', 'x'], repo.addWorktree('d', { from: 'main', detach: true }))).toBe(1)
    for (const words of [
      ['set', 'x', '--format=json'],
      ['clear', '--json'],
      ['set'],
      ['get', 'x'],
      ['get', '--all'],
      ['clear', '--all', '--branch=main'],
      ['set', 'x', '--branch='],
      ['put', 'x'],
    ]) {
      expect(await codeOf(repo, ['marker', ...words]), words.join(' ')).toBe(2)
    }
    const before = configOf(repo)
    repo.write('.git/config', `${before}[a\n`)
    const { code, err } = await wt(repo, ['config', 'state', 'marker', 'set', 'x'])
    expect([code, err]).toEqual([1, expect.stringContaining('/.git/config can’t be written')])
    expect(configOf(repo)).toBe(`${before}[a\n`)
  })
})

describe('variables', () => {
  test('what is set is what is there, whatever it holds', async () => {
    const repo = makeRepo('basic')
    const values = { empty: '', equal: 'b=c', lines: 'first\nsecond = x\n\n[fourth]\r', quote: '"\\', Big: 'ü 日本' }
    for (const [key, value] of Object.entries(values)) await state(repo, ['vars', 'set', `${key}=${value}`])
    for (const [key, value] of Object.entries(values))
      expect(await state(repo, ['vars', 'get', key])).toBe(`${value}\n`)
    const { Big, ...others } = values
    expect(JSON.parse(await state(repo, ['vars', 'list', '--json']))).toEqual({ ...others, big: Big })
    expect(itemOf(await listJson(repo), 'main').vars).toEqual({ ...others, big: Big })
    expect(repo.git('config', 'wt.state.main.vars.equal')).toBe('b=c')
    await state(repo, ['vars', 'clear', 'LINES'])
    expect(await state(repo, ['vars', 'get', 'lines'])).toBe('')
    await state(repo, ['vars', 'clear', '--all'])
    expect(await state(repo, ['vars'])).toBe('')
    expect(configOf(repo)).not.toContain('state')
  })

  test('branches whose names hold what keys are made of keep theirs apart', async () => {
    const repo = makeRepo('basic')
    const branches = ['a', 'a.vars', 'a.vars.b', 'a.marker', 'a"b']
    for (const branch of branches) {
      repo.git('branch', branch)
      await state(repo, ['vars', 'set', `key=of ${branch}`, '--branch', branch])
      await state(repo, ['marker', 'set', `on ${branch}`, '--branch', branch])
    }
    const list = await listJson(repo, ['--branches'])
    for (const branch of branches) {
      expect(itemOf(list, branch), branch).toMatchObject({ vars: { key: `of ${branch}` }, marker: `on ${branch}` })
      expect(await state(repo, ['vars', 'list', '--branch', branch])).toBe(`key\tof ${branch}\n`)
    }
  })

  test('many at once lose nothing', async () => {
    const repo = makeRepo('basic')
    const keys = Array.from({ length: 16 }, (_, at) => `key${at}`)
    await Promise.all(keys.map((key) => state(repo, ['vars', 'set', `${key}=1`])))
    expect((await state(repo, ['vars', 'list'])).split('\n')).toHaveLength(17)
  })

  test('keys that git could not keep, and command lines that can’t be meant', async () => {
    const repo = makeRepo('basic')
    for (const key of ['a_b', 'a.b', 'a b', '', '1a', '-a', 'a]\n[core']) {
      expect(await codeOf(repo, ['vars', 'set', '--', `${key}=x`]), key).toBe(1)
    }
    for (const words of [
      ['set', 'a'],
      ['set'],
      ['get'],
      ['clear'],
      ['list', 'a'],
      ['clear', 'a', '--all'],
      ['get', 'a', '--json'],
    ]) {
      expect(await codeOf(repo, ['vars', ...words]), words.join(' ')).toBe(2)
    }
    expect(await codeOf(repo, ['vars', 'clear', 'nothing'])).toBe(0)
    expect(configOf(repo)).not.toContain('state')
  })

  test('on a terminal a value can’t drive it', async () => {
    const repo = makeRepo('basic')
    await state(repo, ['vars', 'set', 'a=\u001b[31mred'])
    expect((await wt(repo, ['config', 'state', 'vars', 'get', 'a'], { terminal: true })).out).toBe('\\x1b[31mred\n')
    expect(await state(repo, ['vars', 'get', 'a'])).toBe('\u001b[31mred\n')
  })
})
