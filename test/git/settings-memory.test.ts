import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeRepo } from '../support/repo.ts'
import { cached, load, remember } from './settings-loading.ts'

const KEY = 'wt.test.Value.x'

describe('remembered settings', () => {
  test('another home, another global file, no system file: other answers', async () => {
    const repo = makeRepo('basic')
    await remember(repo)
    expect(cached(repo)).toBe(true)
    const other = join(repo.base, 'other')
    mkdirSync(other)
    writeFileSync(join(other, '.gitconfig'), '[wt "test.Value"]\n\tx = other\n')
    const { GIT_CONFIG_GLOBAL: _, ...rest } = { GIT_CONFIG_GLOBAL: '', ...repo.env }
    const env = { ...rest, HOME: other }
    expect((await load(repo, repo.dir, env)).get(KEY)).toBe('other')
    const named = { ...repo.env, GIT_CONFIG_GLOBAL: join(other, '.gitconfig') }
    expect((await load(repo, repo.dir, named)).get(KEY)).toBe('other')
    expect((await load(repo)).get(KEY)).toBeUndefined()
  })

  test('another git on PATH, or another in its place', async () => {
    const repo = makeRepo('basic')
    const bin = join(repo.base, 'bin')
    const install = (version: string): void => {
      rmSync(bin, { recursive: true, force: true })
      mkdirSync(bin)
      const other = `PATH='${repo.env['PATH']}' exec git "$@"`
      const script = `#!/bin/sh\nif [ "$1" = --version ]; then echo "git version ${version}"; else ${other}; fi\n`
      writeFileSync(join(bin, 'git'), script)
      chmodSync(join(bin, 'git'), 0o755)
    }
    await remember(repo)
    install('2.88.1')
    const env = { ...repo.env, PATH: `${bin}:${repo.env['PATH']}` }
    expect((await load(repo, repo.dir, env)).version).toBe(2088)
    await remember(repo, repo.dir, env)
    install('3.1')
    expect((await load(repo, repo.dir, env)).version).toBe(3001)
    install('2.30.2')
    await expect(load(repo, repo.dir, env)).rejects.toThrow('git version 2.30.2 is too old: wt needs git 2.38 or newer')
  })

  test.each(['', '{', '[]', '{"stamp":1}', 'null', '{"stamp":"","watched":[],"entries":5}'])(
    'a torn or foreign memory is none: %s',
    async (text) => {
      const repo = makeRepo('basic')
      await remember(repo)
      writeFileSync(join(repo.dir, '.git', 'wt', 'cache', 'settings', 'main.json'), text)
      expect((await load(repo)).get('init.defaultbranch')).toBe('main')
    },
  )

  test('a git directory that can’t be written costs nothing but time', async () => {
    const repo = makeRepo('basic')
    writeFileSync(join(repo.dir, '.git', 'wt'), 'in the way')
    expect((await load(repo)).get('init.defaultbranch')).toBe('main')
  })
})
