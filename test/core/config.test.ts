import { describe, expect, test } from 'vitest'
import type { Config } from '../../src/core/config.ts'
import { mergeLayers } from '../../src/core/config-merge.ts'
import type { ConfigTable } from '../../src/core/config-value.ts'

const merge = (tables: readonly ConfigTable[], ids: readonly string[] = []) =>
  mergeLayers(
    tables.map((table, at) => ({ name: `layer ${at}`, table })),
    ids,
  )
const configOf = (tables: readonly ConfigTable[], ids?: readonly string[]): Config => {
  const { config, errors, warnings } = merge(tables, ids)
  expect([...errors, ...warnings]).toEqual([])
  return config
}

test('the defaults', () => {
  const off = { branches: false, remotes: false, full: false, summary: false, timeoutMs: 0 }
  expect(configOf([])).toEqual({
    worktreePath: '{{ repo_path }}/../{{ repo }}.{{ branch | sanitize }}',
    list: { ...off, columns: undefined, customColumns: [] },
    remove: { deleteBranch: true, keep: 50_000_000 },
    switch: { cd: true },
    hooks: new Map(),
    aliases: new Map(),
    approvedCommands: [],
    commit: {
      stage: 'all',
      generation: { command: undefined, template: undefined, squashTemplate: undefined, templateAppend: undefined },
    },
    merge: { squash: true, commit: true, rebase: true, remove: true, verify: true, ff: true },
    copyIgnoredExclude: [],
  })
})

describe('layers', () => {
  test('tables merge, values and lists replace', () => {
    const list = { full: true, 'timeout-ms': 5, columns: ['branch', 'age'] }
    const config = configOf([{ list }, { list: { full: false, columns: ['path'] }, 'worktree-path': 'x' }])
    expect(config).toMatchObject({ worktreePath: 'x', list: { full: false, timeoutMs: 5, columns: ['path'] } })
  })

  test('an empty list of columns means the usual ones', () => {
    expect(configOf([{ list: { columns: ['path'] } }, { list: { columns: [] } }]).list.columns).toBeUndefined()
  })

  test('a broken layer is left out whole, the others stay', () => {
    const { config, errors } = merge([{ list: { full: true } }, { list: { full: 'yes', branches: true } }])
    expect(config.list).toMatchObject({ full: true, branches: false })
    expect(errors).toEqual(['layer 1: list.full must be true or false, not "yes"'])
  })

  test('keys of the prototype are only keys', () => {
    const table = JSON.parse('{"__proto__": {"x": 1}, "list": {"constructor": 1, "__proto__": {"full": true}}}')
    const { config, warnings } = merge([table, table])
    expect(config.list.full).toBe(false)
    expect(warnings).toHaveLength(6)
    expect({}).not.toHaveProperty('x')
  })
})

describe('projects', () => {
  const ID = 'github.com/acme/app'
  const path = (value: string): ConfigTable => ({ 'worktree-path': value })
  const projects = (entries: ConfigTable): ConfigTable => ({ projects: entries })
  test.each<[string, readonly ConfigTable[], string]>([
    ['a literal entry beats the global key', [{ ...path('g'), ...projects({ [ID]: path('p') }) }], 'p'],
    ['another project has no say', [{ ...path('g'), ...projects({ 'github.com/acme/app2': path('p') }) }], 'g'],
    ['* matches slashes', [projects({ 'github.com/*': path('p') })], 'p'],
    ['* matches nothing too', [projects({ 'github.com/acme/app*': path('p') })], 'p'],
    ['a pattern is anchored', [{ ...path('g'), ...projects({ 'acme/*': path('p') }) }], 'g'],
    ['case counts', [{ ...path('g'), ...projects({ 'GitHub.com/*': path('p') }) }], 'g'],
    ['dots are literal', [{ ...path('g'), ...projects({ '*.*/*': path('p'), 'gith.b.com/*': path('q') }) }], 'p'],
    ['more letters win', [projects({ '*com/acme/app': path('long'), 'github.com/*': path('short') })], 'long'],
    [
      'a literal wins over a pattern as long',
      [projects({ [`${ID}*`]: path('pattern'), [ID]: path('literal') })],
      'literal',
    ],
    [
      'keys of the same length by name',
      [projects({ 'github.com/*/app': path('b'), 'github.com/acm*p': path('a') })],
      'a',
    ],
    ['a higher global key beats a lower entry', [projects({ [ID]: path('p') }), path('g')], 'g'],
    ['and a lower one does not', [path('g'), projects({ [ID]: path('p') })], 'p'],
    [
      'a higher entry comes back over it',
      [projects({ [ID]: path('p') }), path('g'), projects({ [ID]: path('q') })],
      'q',
    ],
    [
      'the same layer does not take its own back',
      [{ ...projects({ [ID]: path('p') }) }, { ...path('g'), ...projects({ '*': path('q') }) }],
      'q',
    ],
  ])('%s', (_, layers, expected) => {
    expect(configOf(layers, [ID]).worktreePath).toBe(expected)
  })

  test('a higher global key takes only itself from the entry', () => {
    const lower = projects({ [ID]: { list: { full: true, branches: true } } })
    expect(configOf([lower, { list: { full: false } }], [ID]).list).toMatchObject({ full: false, branches: true })
  })

  test('any of several identifiers will do', () => {
    expect(configOf([projects({ '/home/me/app': path('p') })], [ID, '/home/me/app']).worktreePath).toBe('p')
  })
})

describe('wrong values', () => {
  test.each<[ConfigTable, string]>([
    [{ 'worktree-path': '' }, 'worktree-path must be text that is not empty, not ""'],
    [{ 'worktree-path': 1 }, 'worktree-path must be text that is not empty, not 1'],
    [{ list: true }, 'list must be a table, not true'],
    [{ list: { 'timeout-ms': -1 } }, 'list.timeout-ms must be a whole number, 0 or more, not -1'],
    [{ list: { 'timeout-ms': 1.5 } }, 'list.timeout-ms must be a whole number, 0 or more, not 1.5'],
    [{ list: { columns: 'branch' } }, 'list.columns must be a list of texts, not "branch"'],
    [{ list: { columns: ['branch', 1] } }, 'list.columns must be a list of texts, not a list'],
    [{ list: { full: new Date(0) } }, 'list.full must be true or false, not a date'],
    [{ commit: { stage: 'some' } }, 'commit.stage must be one of all, tracked, none, not "some"'],
    [{ projects: { 'a.b/c': { list: { full: 1 } } } }, 'projects."a.b/c".list.full must be true or false, not 1'],
    [{ 'pre-start': 1 }, 'pre-start must be a command, a table of commands, or a list of both, not 1'],
    [{ 'pre-start': { a: 1 } }, 'pre-start must be a table whose values are commands, not a table'],
    [{ 'pre-start': [{ 'a:b': 'x' }] }, 'pre-start must be commands whose names have no ":" in them, not a list'],
    [{ list: { full: 'a\u001b[2J' } }, 'list.full must be true or false, not "a\\u001b[2J"'],
  ])('%j', (table, error) => {
    expect(merge([table]).errors).toEqual([`layer 0: ${error}`])
  })
})

describe('unknown keys', () => {
  test.each<[ConfigTable, string]>([
    [{ lst: { full: true } }, 'unknown key lst; did you mean list?'],
    [{ lsit: {} }, 'unknown key lsit; did you mean list?'],
    [{ list: { ful: true } }, 'unknown key list.ful; did you mean list.full?'],
    [{ list: { brnaches: true } }, 'unknown key list.brnaches; did you mean list.branches?'],
    [{ 'no-such-key': 1 }, 'unknown key no-such-key'],
    [{ 'odd key\u202e': 1 }, 'unknown key "odd key\\u202e"'],
    [{ list: { url: 'x' } }, "unknown key list.url; it belongs in a project's .config/wt.toml"],
    [{ forge: { platform: 'github' } }, "unknown key forge; it belongs in a project's .config/wt.toml"],
    [{ select: {} }, 'unknown key select; it is switch.picker now'],
    [{ merge: { 'no-ff': true } }, 'unknown key merge.no-ff; it is merge.ff now'],
    [{ projects: { x: { lst: 1 } } }, 'unknown key projects.x.lst; did you mean projects.x.list?'],
    [
      { list: { 'json-schema': 1 } },
      'list.json-schema = 1 has no effect: the bare array of schema 1 is gone, JSON always has schema 2',
    ],
    [{ list: { 'json-schema': 3 } }, 'list.json-schema = 3 has no effect: only 2 exists'],
  ])('%j', (table, warning) => {
    const { errors, warnings } = merge([table])
    expect({ errors, warnings }).toEqual({ errors: [], warnings: [`layer 0: ${warning}`] })
  })

  test('what other commands read is known', () => {
    configOf([
      {
        'pre-create': 'a',
        'post-remove': { a: 'x', b: 'y' },
        'pre-merge': ['a', { b: 'c' }],
        aliases: { hi: 'echo', 'two words': ['a'] },
        commit: { stage: 'all', generation: { command: 'llm', 'template-append': 'x' } },
        merge: { squash: false, ff: true },
        remove: { 'delete-branch': false },
        switch: { cd: false, picker: { pager: 'less', preview: false } },
        step: { 'copy-ignored': { exclude: ['node_modules'] } },
        'skip-shell-integration-prompt': true,
        'skip-commit-generation-prompt': true,
        list: { 'json-schema': 2, 'custom-columns': { Port: { template: '{{ vars.port }}', width: 5, priority: -1 } } },
        projects: { x: { list: {}, forge: { platform: 'gitea', hostname: 'h' }, 'approved-commands': ['a'] } },
      },
    ])
  })
})
