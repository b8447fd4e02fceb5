import { describe, expect, test } from 'vitest'
import { checkTemplate, compileTemplate } from '../../src/template/expand.ts'
import { renameOldNames } from '../../src/template/old-names.ts'

describe('old names', () => {
  test.each([
    ['{{ repo_root }} {{ worktree | sanitize }}', '{{ repo_path }} {{ worktree_path | sanitize }}'],
    ['{{ main_worktree ~ "x" }}', '{{ repo ~ "x" }}'],
    ['{% if main_worktree_path %}{% endif %}', '{% if primary_worktree_path %}{% endif %}'],
    ['git worktree add {{ worktree }}', 'git worktree add {{ worktree_path }}'],
  ])('%s', (source, text) => {
    expect(renameOldNames(source)).toBe(text)
  })

  test.each([
    'echo worktree repo_root',
    '{{ "worktree" }}',
    '{{ vars.worktree }}',
    '{{ x | worktree }}',
    '{{ f(worktree=1) }}',
    '{% set worktree = 1 %}{{ worktree }}',
    '{% for worktree in [1] %}{{ worktree }}{% endfor %}',
    '{% set worktree_path = 1 %}{{ worktree }}',
    '{% macro m(worktree) %}{{ worktree }}{% endmacro %}',
    '{% raw %}{{ worktree }}{% endraw %}',
    '{# {{ worktree }} #}',
    '{{ worktree',
    '{{ my_worktree }}',
  ])('not in %s', (source) => {
    expect(renameOldNames(source)).toBe(source)
  })

  test('only where they are asked for', async () => {
    const known = { worktree_path: '/x' }
    const expanded = async (oldNames: boolean, source: string) =>
      (await compileTemplate(source, { oldNames })).expand(known).kind
    expect(await expanded(true, '{{ worktree }}')).toBe('text')
    expect(await expanded(false, '{{ worktree }}')).toBe('undefined-variable')
    expect(await expanded(true, '{{ worktree | upper }}')).toBe('text')
    expect(await expanded(false, '{{ worktree | upper }}')).toBe('undefined-variable')
  })
})

describe('names that a template expects', () => {
  test.each([
    ['plain', []],
    ['{{ branch | sanitize }}-{{ repo }}', ['branch', 'repo']],
    ['{% if a and not b %}{{ c.d[e] }}{% endif %}', ['a', 'b', 'c', 'e']],
    ['{% for x in xs if x != y %}{{ x }}{{ loop.index }}{% endfor %}', ['xs', 'y']],
    ['{% set z = a %}{{ z }}', ['a']],
    ['{% macro m(p, q=d) %}{{ p }}{{ q }}{% endmacro %}{{ m(v, q=w) }}', ['d', 'v', 'w']],
    ['{{ f(a)[b:c] | replace(d, "x") is eq e }} {{ {"k": g} }} {{ true }} {{ 1 if h else i }}', 'abcdeghi'.split('')],
  ])('%s', async (source, names) => {
    const found = (await compileTemplate(source)).names.map(({ name }) => name)
    expect(found.sort()).toEqual([...names].sort())
  })

  test('and members that are written out', async () => {
    const { names } = await compileTemplate('{{ vars.port }} {{ vars["a-b"] }}')
    expect(names).toEqual([{ name: 'vars', line: 1, members: ['port', 'a-b'] }])
  })
})

describe('checking before anything is done', () => {
  const known = { branch: 'x', upstream: undefined }

  test.each(['{{ branch }}', '{{ upstream }}', '{% if upstream %}{{ upstream | upper }}{% endif %}', 'text'])(
    '%s is sound',
    async (source) => {
      expect(await checkTemplate(source, known)).toBeUndefined()
    },
  )

  test.each([
    ['{{ brnch }}', '"brnch"'],
    ['{% if brnch is defined %}{% endif %}', '"brnch"'],
    ['a\n{{ branch', 'line 2'],
  ])('%j is not', async (source, mention) => {
    expect(await checkTemplate(source, known)).toMatchObject({ message: expect.stringContaining(mention) })
  })
})
