import { describe, expect, test, vi } from 'vitest'
import { expand } from '../../src/template/expand.ts'
import type { TemplateVariables } from '../../src/template/variables.ts'

const VARIABLES: TemplateVariables = {
  branch: 'feat/x-y',
  repo: 'wt',
  repo_path: '/home/me/wt',
  upstream: undefined,
  args: { kind: 'words', words: ['a b', "it's"] },
  vars: { kind: 'data', value: { port: '3000', config: { port: 3000, tags: ['a', 'b'], ratio: 1.5, none: null } } },
}

const textOf = async (source: string, variables = VARIABLES): Promise<string> => {
  const expansion = await expand(source, variables)
  if (expansion.kind !== 'text') throw new Error(expansion.message)
  return expansion.text
}

const problemOf = async (source: string): Promise<string> => {
  const expansion = await expand(source, VARIABLES)
  if (expansion.kind === 'text') throw new Error(`expanded to ${JSON.stringify(expansion.text)}`)
  return expansion.message
}

describe('expressions', () => {
  test.each([
    // values print as Python writes them
    ['{{ vars.config }}', "{'none': None, 'port': 3000, 'ratio': 1.5, 'tags': ['a', 'b']}"],
    ['{{ [1, true, none, "it\'s", "a\\nb"] }}', "[1, True, None, \"it's\", 'a\\nb']"],
    ['{{ true }} {{ none }} {{ (1, 2) }} {{ {} }}', 'True None (1, 2) {}'],
    ['{{ 3.0 }} {{ 1e3 }} {{ 1e30 }} {{ 1.25e-9 }}', '3.0 1000.0 1000000000000000000000000000000.0 0.00000000125'],
    ['{{ args }} {{ args | length }} {{ args[0] }}', "'a b' 'it'\\''s' 2 a b"],
    // arithmetic
    ['{{ 7 / 2 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 6 / 2 }}', '3.5 3 -4 3.0'],
    ['{{ 2 * 7 // 4 }} {{ 2 * 7 % 4 }} {{ 10 - 2 - 3 }} {{ (1 + 2) * 3 }}', '3 2 5 9'],
    ['{{ 2 ** 100 }} {{ 0x1f }} {{ 1_000 }}', '1267650600228229401496703205376 31 1000'],
    ['{{ "a" ~ 1 ~ none }} {{ "a" * 3 }} {{ [1] + [2] }}', 'a1None aaa [1, 2]'],
    [
      '{{ 1 == 1.0 }} {{ "1" == 1 }} {{ 1 < 2 < 3 }} {{ "a" in "abc" }} {{ 2 not in [1] }}',
      'True False True True True',
    ],
    ['{{ "b" or 0 }} {{ "" or 0 }} {{ not upstream }}', 'b 0 True'],
    ['{{ "x" if false }}|{{ "x" if false else "y" }}', '|y'],
    // members and slices
    ['{{ vars.config.port }} {{ vars["config"].tags[-1] }} {{ [1, 2].0 }}', '3000 b 1'],
    ['{{ branch[:4] }} {{ branch[-3:] }} {{ branch[::-1] }}', 'feat x-y y-x/taef'],
    ['{{ "\\x41" "\\u0042" "\\q" }}', 'AB\\q'],
    // tests
    [
      '{{ 4 is divisibleby 2 }} {{ 4 is divisibleby(3) }} {{ 3 is not odd }} {{ 1 is in([1]) }}',
      'True False False True',
    ],
    ['{{ upstream is defined }} {{ branch is string and 1 is number }}', 'False True'],
  ])('%s', async (source, text) => {
    expect(await textOf(source)).toBe(text)
  })
})

describe('statements', () => {
  test.each([
    ['{% if upstream %}u{% elif branch %}b{% else %}n{% endif %}', 'b'],
    [
      '{% for a in [1, 2, 3] if a != 2 %}{{ loop.index }}{{ loop.last }}{{ a }}{% else %}E{% endfor %}',
      '1False12True3',
    ],
    ['{% for a in [] %}x{% else %}E{% endfor %}', 'E'],
    ['{% for k, v in {"b": 1, "a": 2} | items %}{{ k }}{{ v }}{% endfor %}', 'a2b1'],
    ['{% for a in [1, 2, 3] %}{% if a == 2 %}-{% continue %}{% endif %}{{ a }}{% endfor %}', '1-3'],
    ['{% for a in [1, 2, 3] %}{% if a == 2 %}-{% break %}{% endif %}{{ a }}{% endfor %}', '1-'],
    ['{% set x = 1 %}{% for i in [1] %}{% set x = 2 %}{% endfor %}{{ x }}', '1'],
    ['{% set n = namespace(n=0) %}{% for i in range(3) %}{% set n.n = n.n + i %}{% endfor %}{{ n.n }}', '3'],
    ['{% set x %}a{{ repo }}{% endset %}{{ x | upper }}', 'AWT'],
    ['{% with a = 1, b = [2, 3] %}{{ a }}{{ b }}{% endwith %}', '1[2, 3]'],
    ['{% macro m(a, b=2) %}<{{ a }}{{ b }}>{% endmacro %}{{ m(1) }}{{ m(1, b=3) }}', '<12><13>'],
    ['{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}x{% endcall %}', '<x>'],
    ['{% filter upper %}x{{ repo }}{% endfilter %}', 'XWT'],
    ['a {%- if true -%} b {%- endif %} c', 'ab c'],
    ['{% raw %}{{ x }}{% endraw %} {%- raw -%} y {%- endraw %}', '{{ x }}y'],
    ['{# gone #}x{# {{ gone }} -#}  y', 'xy'],
  ])('%s', async (source, text) => {
    expect(await textOf(source)).toBe(text)
  })

  test('the newline at the end goes, other space stays', async () => {
    expect(await textOf('{% if true %}\n a\n{% endif %}\n')).toBe('\n a\n')
  })
})

describe('filters of every template', () => {
  test.each([
    ['{{ 2.5 | round }} {{ 3.5 | round }} {{ 2.567 | round(1) }} {{ 5 | round }}', '2.0 4.0 2.6 5'],
    ['{{ branch | title }} {{ "aBC d" | title }} {{ "abc Def" | capitalize }}', 'Feat/x-Y Abc D Abc def'],
    ['{{ "a,b" | split(",") | join("-") }} {{ "a b  c" | split }} {{ "abc" | reverse }}', "a-b ['a', 'b', 'c'] cba"],
    [
      '{{ [3, 1, 2] | sort }} {{ ["b", "A"] | sort }} {{ [3, "a", none, true] | sort }}',
      "[1, 2, 3] ['A', 'b'] [None, True, 3, 'a']",
    ],
    ['{{ [1, 2, 3, 4, 5] | batch(2) }} {{ [1, 2, 3] | slice(2) }}', '[[1, 2], [3, 4], [5]] [[1, 2], [3]]'],
    ['{{ [{"a": 1}, {"a": 2}] | map(attribute="a") | sum }} {{ ["a"] | map("upper") }}', "3 ['A']"],
    [
      '{{ [1, 2, 3] | select("odd") }} {{ [1, 2] | reject("odd") }} {{ [{"a": 1}] | selectattr("a") }}',
      "[1, 3] [2] [{'a': 1}]",
    ],
    ['{{ [{"a": 1}, {"a": 1}] | groupby("a") }} {{ [1, 1, 2] | unique }}', "[(1, [{'a': 1}, {'a': 1}])] [1, 2]"],
    ['{{ upstream | default("d") }} {{ "" | default("d", true) }} {{ none | default("d") }}', 'd d None'],
    [
      '{{ " a " | trim }} {{ "xxabxx" | trim("x") }} {{ "a\\nb" | indent(2) }} {{ "%05d" | format(3) }}',
      'a ab a\n  b 00003',
    ],
    [
      '{{ "3" | int + 1 }} {{ "1e3" | float }} {{ -3 | abs }} {{ [1, 2] | max }} {{ [] | first | default("z") }}',
      '4 1000.0 3 2 z',
    ],
  ])('%s', async (source, text) => {
    expect(await textOf(source)).toBe(text)
  })
})

describe('what is wrong is said', () => {
  test.each([
    [
      '{{ brnch | upper }}',
      ['"brnch"', 'line 1', 'did you mean "branch"', 'available: args, branch, repo, repo_path, vars'],
    ],
    ['a\n{% for x in zzzz %}{% endfor %}', ['"zzzz"', 'line 2']],
    ['{{ upstream | tojson }}', ['"upstream" has no value']],
    ['{{ upstream == "x" }}', ['"upstream" has no value']],
    ['{{ upstream ~ "x" }}', ['"upstream" has no value']],
    ['{{ vars.nope }}', ['"vars.nope" has no value', 'available']],
    ['{{ vars["a-b"] | tojson }}', ['vars["a-b"]', 'has no value']],
    ['{% if upstream.x %}{% endif %}', ['"upstream" has no value']],
    ['{{ 1 / 0 }}', ['1 / 0', 'line 1']],
    ['{{ 1 + "a" }}', ['number', 'string']],
    ['{{ branch | nope }}', ['no filter "nope"']],
    ['{{ branch is nope }}', ['no test "nope"']],
    ['{{ nope() }}', ['no function "nope"']],
    ['{{ branch.upper() }}', ['no method "branch.upper"']],
    ['{{ "x" | sanitize(1) }}', ['too many arguments']],
    ['{% if x', ['syntax error', 'middle of a tag']],
    ['a\n{{ branch branch }}', ['syntax error', 'unexpected branch', 'line 2']],
    ['{% foo %}', ['no statement "foo"']],
    ['{% include "x" %}', ['no statement "include"']],
    ['{% if true %}a', ['block is still open']],
    ['{# unclosed', ['comment is not closed']],
    ['{% raw %}x', ['raw is not closed']],
    ['{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}', ['too deeply']],
    ['{{ "x" * 99999999 }}', ['too long']],
    ['{{ range(99999999) }}', ['range']],
  ])('%j', async (source, mentions) => {
    const problem = await problemOf(source)
    for (const mention of mentions) expect(problem).toContain(mention)
  })

  test('values are never read as templates', async () => {
    expect(await textOf('{{ branch | upper }}', { branch: '{{ x }}{% y %}$&' })).toBe('{{ X }}{% Y %}$&')
  })
})

test('a plain template does not load the engine', async () => {
  vi.resetModules()
  vi.doMock('../../src/template/engine.ts', () => {
    throw new Error('the engine was loaded')
  })
  const fresh = await import('../../src/template/expand.ts')
  const source = '{{ repo_path }}/../{{ repo }}.{{ branch | sanitize }}'
  expect(await fresh.expand(source, VARIABLES)).toEqual({ kind: 'text', text: '/home/me/wt/../wt.feat-x-y' })
  await expect(fresh.expand('{{ repo | upper }}', VARIABLES)).rejects.toThrow()
  vi.doUnmock('../../src/template/engine.ts')
  vi.resetModules()
})
