import { describe, expect, test } from 'vitest'
import { type Expansion, expandTemplate, parseTemplate, type Variables } from '../../src/core/template.ts'

const VARIABLES: Variables = {
  branch: 'feat/a\\b',
  repo: 'wt',
  repo_path: '/home/me/wt',
  owner: undefined,
}

const expand = (source: string, variables = VARIABLES): Expansion | { readonly kind: 'needs-engine' } => {
  const template = parseTemplate(source)
  return template.kind === 'plain' ? expandTemplate(template, variables) : { kind: 'needs-engine' }
}

describe('plain templates', () => {
  test.each([
    ['', ''],
    ['plain text', 'plain text'],
    ['{{ repo }}', 'wt'],
    ['{{repo}}', 'wt'],
    ['{{\n  repo\t}}', 'wt'],
    ['{{ repo }}{{ repo }}', 'wtwt'],
    ['{{ repo_path }}/../{{ repo }}.{{ branch | sanitize }}', '/home/me/wt/../wt.feat-a-b'],
    ['{{branch|sanitize}}', 'feat-a-b'],
    ['{{ repo_path | dirname | basename }}', 'me'],
    ['{{ branch }}', 'feat/a\\b'],
    // braces that open nothing are text
    ['a}b}}c{d', 'a}b}}c{d'],
    ['$HOME/{x}', '$HOME/{x}'],
    ['{', '{'],
    // the newline that ends a file
    ['{{ repo }}\n', 'wt'],
    ['{{ repo }}\n\n', 'wt\n'],
    // names of older files
    ['{{ repo_root }}', '/home/me/wt'],
    ['{{ main_worktree }}', 'wt'],
  ])('%j', (source, text) => {
    expect(expand(source)).toEqual({ kind: 'text', text })
  })

  test('a value is not read as a template', () => {
    expect(expand('{{ branch }}', { branch: '{{ repo }}$&' })).toEqual({ kind: 'text', text: '{{ repo }}$&' })
  })

  test.each([
    ['dirname', ['/a/b', '/a'], ['/a/b/', '/a'], ['/a', '/'], ['/', ''], ['a', ''], ['a//b', 'a'], ['', '']],
    ['basename', ['/a/b', 'b'], ['/a/b/', 'b'], ['/a', 'a'], ['/', ''], ['a', 'a'], ['a//b', 'b'], ['', '']],
  ] as const)('%s', (filter, ...cases) => {
    for (const [x, text] of cases) expect(expand(`{{ x | ${filter} }}`, { x })).toEqual({ kind: 'text', text })
  })
})

describe('what is left to an engine', () => {
  test.each([
    '{% if branch %}x{% endif %}',
    '{# a comment #}',
    '{{- repo -}}',
    '{{ repo',
    '{{ repo }',
    '{{{ repo }}}',
    '{{ }}',
    '{{ repo | upper }}',
    '{{ repo | sanitize_hash }}',
    '{{ branch | replace("/", "_") }}',
    '{{ repo ~ branch }}',
    '{{ vars.port }}',
    '{{ repo[0] }}',
    '{{ "repo" }}',
    '{{ 1 }}',
    '{{ true }}',
    '{{ none }}',
    '{{ expected_worktree_path_of_branch("x") }}',
    '{{ repo }} {{ repo | }}',
  ])('%j', (source) => {
    expect(parseTemplate(source)).toEqual({ kind: 'needs-engine', source })
  })
})

describe('undefined variables', () => {
  test.each([
    ['{{ brnch }}', 'brnch', ['"brnch"', 'line 1', 'did you mean "branch"', 'available: branch, repo, repo_path']],
    ['a\n{{ repo }}\n{{ zzzz | sanitize }}', 'zzzz', ['there is no variable "zzzz"', 'line 3']],
    ['{{ owner }}', 'owner', ['"owner" has no value here']],
    ['{{ worktree }}', 'worktree_path', ['"worktree_path"']],
    ['{{ toString }}', 'toString', ['"toString"']],
  ])('%j', (source, name, mentions) => {
    const expansion = expand(source)
    if (expansion.kind !== 'undefined-variable') throw new Error(`expanded to ${JSON.stringify(expansion)}`)
    expect(expansion.name).toBe(name)
    for (const mention of mentions) expect(expansion.message).toContain(mention)
  })

  test('a name that is known is no typo of another', () => {
    expect(expand('{{ owner }}')).not.toMatchObject({ message: expect.stringContaining('did you mean') })
  })
})
