import { cpSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AbsolutePath } from '../../src/core/ids.ts'
import { complete } from '../../src/shell/completion/candidates.ts'
import { projectConfig } from '../support/hooks.ts'
import { bySh, type NamedScene, namedScene, specs } from '../support/named.ts'
import { copyBuilt } from './built.ts'

let wt = ''
beforeAll(() => {
  wt = copyBuilt()
})

const scene = (): NamedScene => namedScene(wt)

const names = (lines: readonly string[]): readonly string[] => lines.map((line) => line.split('\t')[0] as string)

const added = (lines: readonly string[]): readonly string[] => {
  const builtIn = specs[0]?.children.map(({ name }) => name) ?? []
  return names(lines).filter((name) => !builtIn.includes(name))
}

describe('names of the configuration', () => {
  test('aliases and programs beside the commands; none that one of these hides', () => {
    const lines = bySh(scene(), [''])
    expect(added(lines)).toEqual(['land', 'ship', 'up', 'tool'])
    expect(names(lines).filter((name) => name === 'list')).toHaveLength(1)
    expect(lines).toContain('up\talias: docker compose up {{ args }}')
  })

  test('where a name of an alias, of a hook, or of one of its commands is wanted', () => {
    const at = scene()
    expect(names(bySh(at, ['config', 'alias', 'show', '']))).toEqual(['land', 'list', 'ship', 'up'])
    expect(names(bySh(at, ['config', 'alias', 'dry-run', '']))).toEqual(['land', 'list', 'ship', 'up'])
    expect(names(bySh(at, ['hook', '']))).toContain('pre-merge')
    expect(bySh(at, ['hook', 'pre-merge', ''])).toEqual(['lint\tuser', 'test\tuser'])
    expect(names(bySh(at, ['hook', 'pre-merge', 'lint', '']))).toEqual(['lint', 'test'])
    expect(names(bySh(at, ['hook', 'pre-create', '']))).toEqual(['install'])
    expect(bySh(at, ['hook', 'post-merge', ''])).toEqual([])
  })

  test('an alias that hands its words to a command is completed as that command', () => {
    const at = scene()
    expect(names(bySh(at, ['land', '']))).toEqual(names(bySh(at, ['merge', ''])))
    expect(names(bySh(at, ['land', '--no-sq']))).toContain('--no-squash')
    expect(names(bySh(at, ['-y', 'ship', '']))).toEqual(names(bySh(at, ['step', 'push', ''])))
    expect(bySh(at, ['up', ''])).toEqual([])
  })

  test.each(
    [[''], ['s'], ['land', ''], ['ship', ''], ['up', ''], ['hook', ''], ['hook', 'pre-start', ''], ['hook', 'x', '']]
      .concat([
        ['config', 'alias', 'show', 'l'],
        ['nothing', ''],
        ['land', 'x', ''],
      ])
      .map((words) => [words]),
  )('the script and the program agree: %j', async (words) => {
    const at = scene()
    const place = { env: at.env, cwd: at.repo.dir as AbsolutePath, home: at.env['HOME'] as AbsolutePath }
    const completion = await complete(words, specs, place)
    const lines = completion.kind === 'candidates' ? completion.candidates : []
    const shown = bySh(at, words).filter((line) => line.startsWith(words.at(-1) ?? ''))
    expect(shown).toEqual(lines.map(({ value, summary }) => `${value}\t${summary}`))
  })
})

describe('the program', () => {
  test('is asked once, and again when a file of the configuration has changed', () => {
    const at = scene()
    for (const words of [[''], ['hook', 'pre-merge', ''], ['land', '']]) bySh(at, words)
    expect(at.asked()).toBe(1)
    projectConfig(at.repo, '[aliases]\nnewer = "x"\n')
    expect(added(bySh(at, ['']))).toEqual(['land', 'newer', 'up', 'tool'])
    rmSync(join(at.repo.dir, '.config/wt.toml'))
    expect(added(bySh(at, ['']))).toEqual(['land', 'up', 'tool'])
    projectConfig(at.repo, '[aliases]\nback = "x"\n')
    utimesSync(join(at.repo.dir, '.config/wt.toml'), 1, 1)
    expect(added(bySh(at, ['']))).toEqual(['back', 'land', 'up', 'tool'])
    bySh(at, [''])
    expect(at.asked()).toBe(4)
  })

  test('is not asked where branches, flags or values are completed', () => {
    const at = scene()
    for (const words of [
      ['switch', ''],
      ['remove', 't'],
      ['--'],
      ['list', '--format', ''],
      ['step', ''],
      ['config', ''],
    ])
      bySh(at, words)
    expect(at.asked()).toBe(0)
  })

  test('answers for each worktree, for -C, and outside of a repository', () => {
    const at = scene()
    const { repo } = at
    const tree = repo.addWorktree('tree', { from: 'main' })
    projectConfig(repo, '[aliases]\nthere = "x"\n', tree)
    for (let round = 0; round < 2; round++) {
      expect(added(bySh(at, [''], tree))).toEqual(['land', 'there', 'up', 'tool'])
      expect(added(bySh(at, ['-C', '../repo.tree', '']))).toContain('there')
      expect(added(bySh(at, ['-C', tree, ''], '/'))).toContain('there')
      expect(added(bySh(at, ['']))).toContain('ship')
      expect(added(bySh(at, [''], repo.base))).toEqual(['land', 'up', 'tool'])
    }
    expect(at.asked()).toBe(3)
  })

  test('a repository that was moved, or copied, has names of its own', () => {
    const at = scene()
    expect(added(bySh(at, ['']))).toContain('ship')
    const [moved, copied] = [join(at.repo.base, 'moved'), join(at.repo.base, 'copied')] as const
    renameSync(at.repo.dir, moved)
    projectConfig(at.repo, '[aliases]\nmine = "x"\n', moved)
    expect(added(bySh(at, [''], moved))).toEqual(['land', 'mine', 'up', 'tool'])
    cpSync(moved, copied, { recursive: true, preserveTimestamps: true })
    projectConfig(at.repo, '[aliases]\ncopy = "x"\n', copied)
    expect(added(bySh(at, [''], copied))).toEqual(['copy', 'land', 'up', 'tool'])
    const asked = at.asked()
    bySh(at, [''], join(copied, '.config'))
    expect(at.asked()).toBe(asked)
  })

  test('another place of the configuration means other names', () => {
    const at = scene()
    bySh(at, [''])
    writeFileSync(join(at.repo.base, 'other.toml'), '[aliases]\nother = "x"\n')
    const env = { ...at.env, WT_CONFIG_PATH: join(at.repo.base, 'other.toml') }
    expect(added(bySh({ ...at, env }, ['']))).toEqual(['other', 'ship', 'tool', 'up'])
    expect(added(bySh(at, ['']))).toContain('land')
  })

  test('that is not there, or something else, leaves commands and programs', () => {
    const at = scene()
    for (const program of ['/nowhere', '/bin/echo', '/bin/false'])
      expect(added(bySh({ ...at, env: { ...at.env, WT_BIN: program } }, ['']))).toEqual(['tool', 'up'])
  })

  test('keeps what a template could do to a terminal to itself', () => {
    const at = scene()
    projectConfig(at.repo, '[aliases]\nevil = "\\u001b[31m\\n\\tx `id` $(id)"\n"a\\tb" = "x"\n"-x" = "x"\n')
    const lines = bySh(at, [''])
    expect(lines).toContain('evil\talias of the project: \\u001b[31m x `id` $(id)')
    expect(added(lines)).toEqual(['evil', 'land', 'up', 'tool'])
  })
})
