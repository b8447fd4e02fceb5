import { describe, expect, test } from 'vitest'
import { expand } from '../../src/template/expand.ts'

const textOf = async (source: string, x: string): Promise<string> => {
  const expansion = await expand(source, { x })
  if (expansion.kind !== 'text') throw new Error(expansion.message)
  return expansion.text
}

// Ports and database names are in people's configurations: these values must never change.
describe('values that the world outside relies on', () => {
  test.each([
    ['main', '12107'],
    ['x', '18465'],
    ['é', '14723'],
    ['5', '13698'],
    ['', '11119'],
    ['Feature/Auth', '17452'],
    ['a.b.c', '13896'],
    ['日本', '18603'],
  ])('hash_port of %j', async (x, port) => {
    expect(await textOf('{{ x | hash_port }}', x)).toBe(port)
  })

  test('hash_port is a number, and takes any value', async () => {
    expect(await textOf('{{ x | hash_port + 1 }} {{ 5 | hash_port }} {{ true | hash_port }}', '3')).toBe(
      '16800 13698 14939',
    )
  })

  test.each([
    ['x', '96g'],
    ['', 'j7i'],
    ['UPPER_lower', '7z3'],
  ])('hash of %j', async (x, hash) => {
    expect(await textOf('{{ x | hash }}', x)).toBe(hash)
  })

  test.each([
    ['Feat/X-1', 'feat_x_1_8sc'],
    ['', ''],
    ['123', '_123_mnp'],
    ['9', '_9_lyl'],
    ['__a__', '_a_iz6'],
    ['a_', 'a_42q'],
    ['-a-', '_a_n72'],
    ['_', '_kju'],
    ['é', '_zsu'],
    ['ÀB', '_b_rbt'],
    ['a--b', 'a_b_rah'],
    ['a'.repeat(66), `${'a'.repeat(44)}_4fb`],
  ])('sanitize_db of %j', async (x, name) => {
    expect(await textOf('{{ x | sanitize_db }}', x)).toBe(name)
  })

  test.each([
    ['x', 'x'],
    ['.a', '.a'],
    [' a', ' a'],
    ['é', 'é'],
    ['-', '-'],
    ['a/b', 'a-b-2qc'],
    ['a/', 'a-ji2'],
    ['//', '--gpa'],
    ['', '_empty-j7i'],
    ['.', '-k3u'],
    ['..', '-7zt'],
    ['con', '-n56'],
    ['con.txt', '-71o'],
    ['con ', 'con-8t5'],
    ['conin$', 'conin$'],
    ['lpt9.x', '-qbc'],
    ['a.', 'a-y78'],
    ['. .', '-0y0'],
    ['a b:c', 'a b-c-aoz'],
    ['a\u0001b', 'a-b-5st'],
    ['../../../../../escape', '..-..-..-..-..-escape-ie6'],
  ])('sanitize_hash of %j', async (x, name) => {
    expect(await textOf('{{ x | sanitize_hash }}', x)).toBe(name)
  })

  test.each([
    ['feat/x\\y', 'sanitize', 'feat-x-y'],
    ['/a/b/', 'basename', 'b'],
    ['/a/b', 'dirname', '/a'],
  ])('%s | %s', async (x, filter, text) => {
    expect(await textOf(`{{ x | ${filter} }}`, x)).toBe(text)
  })

  test('what is no text counts as an empty one', async () => {
    expect(await textOf('{{ 5 | sanitize }}|{{ none | sanitize_db }}|{{ [1] | hash }}', '')).toBe('||j7i')
  })
})

describe('codename', () => {
  test('is the same for the same text, and has as many words as asked', async () => {
    const two = await textOf('{{ x | codename }}', 'feat/a')
    expect(two).toMatch(/^[a-z]+-[a-z]+$/)
    expect(await textOf('{{ x | codename }}', 'feat/a')).toBe(two)
    expect(await textOf('{{ x | codename(n=1) }}', 'feat/a')).toMatch(/^[a-z]+$/)
    expect((await textOf('{{ x | codename(8) }}', 'feat/a')).split('-')).toHaveLength(8)
  })

  test('differs for names that differ', async () => {
    const names = await Promise.all(Array.from({ length: 60 }, (_, at) => textOf('{{ x | codename(3) }}', `b${at}`)))
    expect(new Set(names).size).toBe(60)
  })

  test.each(['0', '9', '"x"'])('not with %s words', async (count) => {
    expect(await expand(`{{ x | codename(${count}) }}`, { x: 'a' })).toMatchObject({
      message: expect.stringContaining('1 to 8'),
    })
  })
})

test.each([
  ['{{ {"b": 2, "a": [1.0, none, true]} | tojson }}', '{"a": [1.0, null, true], "b": 2}'],
  ['{{ "a/b<&>\'é\\t" | tojson }}', '"a/b\\u003c\\u0026\\u003e\\u0027é\\t"'],
  ['{{ [1, {"a": []}] | tojson(indent=2) }}', '[\n  1,\n  {\n    "a": []\n  }\n]'],
])('%s', async (source, text) => {
  expect(await textOf(source, '')).toBe(text)
})

describe('functions that callers hand in', () => {
  const functions = { worktree_path_of_branch: (branch: string) => (branch === 'main' ? '/src/wt' : '') }

  test('take a text', async () => {
    expect(
      await expand('{{ worktree_path_of_branch("main") }}|{{ worktree_path_of_branch(x) }}', { x: 'y' }, { functions }),
    ).toEqual({
      kind: 'text',
      text: '/src/wt|',
    })
  })

  test.each(['{{ worktree_path_of_branch() }}', '{{ worktree_path_of_branch(1) }}'])('%s', async (source) => {
    expect(await expand(source, {}, { functions })).toMatchObject({
      message: expect.stringContaining('name of a branch'),
    })
  })
})
