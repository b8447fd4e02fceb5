import { describe, expect, test } from 'vitest'
import { projectConfigOf } from '../../src/core/config-merge.ts'
import type { ConfigTable } from '../../src/core/config-value.ts'

describe("the project's own file", () => {
  const read = (table: ConfigTable) => projectConfigOf({ name: '.config/wt.toml', table })
  test('its keys', () => {
    const table = {
      'post-start': 'npm ci',
      aliases: { up: 'make' },
      list: { url: 'http://localhost:{{ branch | hash_port }}' },
      forge: { platform: 'gitlab' },
      commit: { generation: { 'template-append': 'x' } },
      step: { 'copy-ignored': { exclude: ['a'] } },
    }
    const hooks = new Map([['post-start', [[{ name: undefined, template: 'npm ci' }]]]])
    const aliases = new Map([['up', [[{ name: undefined, template: 'make' }]]]])
    const config = { listUrl: table.list.url, hooks, aliases, templateAppend: 'x', copyIgnoredExclude: ['a'] }
    expect(read(table)).toEqual({ config, errors: [], warnings: [] })
  })

  test.each<[ConfigTable, string]>([
    [{ 'worktree-path': 'x' }, 'unknown key worktree-path; it belongs in the user configuration'],
    [{ list: { full: true } }, 'unknown key list.full; it belongs in the user configuration'],
    [
      { commit: { generation: { command: 'x' } } },
      'unknown key commit.generation.command; it belongs in the user configuration',
    ],
    [{ 'post-strat': 'x' }, 'unknown key post-strat; did you mean post-start?'],
    [{ ci: { platform: 'github' } }, 'unknown key ci; it is forge now'],
  ])('%j', (table, warning) => {
    expect(read(table).warnings).toEqual([`.config/wt.toml: ${warning}`])
  })

  test('none, and a broken one', () => {
    expect(projectConfigOf(undefined).config.listUrl).toBeUndefined()
    const broken = read({ list: { url: 'x' }, forge: { platform: 'svn' } })
    expect(broken.config.listUrl).toBeUndefined()
    expect(broken.errors).toHaveLength(1)
  })
})
