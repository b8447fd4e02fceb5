import fc from 'fast-check'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { type ConfigTable, type ConfigValue, isTable, valueAt, withValue } from '../../src/core/config-value.ts'
import { editToml } from '../../src/core/toml-edit.ts'

const FILE = `# mine
worktree-path = '../x'   # why

[list]  # the list
  full=true
columns = [ # cols
  "branch",   # ] b
  "status",
]
date = 1979-05-27 07:32:00
"odd key".'x' = """
a ] " = # no comment
"""

# about hooks
[[post-start]]
a = "x" # one
[[post-start]]
b = "y"

[x]
# above inline
inline = { a = 1, "b c" = { d = [1, { e = 2 }] } } # behind
`

const changed = (path: readonly string[], value: string | boolean | undefined): readonly [string, string] => {
  const before = FILE.split('\n')
  const after = (editToml(FILE, [{ path, value }]) ?? 'refused').split('\n')
  const only = (some: readonly string[], others: readonly string[]): string =>
    some.filter((line) => !others.includes(line)).join('\n')
  return [only(before, after), only(after, before)]
}

test.each<[readonly string[], string | boolean | undefined, string, string]>([
  [['worktree-path'], 'y', "worktree-path = '../x'   # why", 'worktree-path = "y"   # why'],
  [['list', 'full'], false, '  full=true', '  full=false'],
  [['list', 'branches'], true, '', 'branches = true'],
  [['list', 'odd key', 'y'], 'z', '', '"odd key".y = "z"'],
  [['top'], 'v', '', 'top = "v"'],
  [
    ['x', 'inline', 'a'],
    'v',
    `inline = { a = 1, "b c" = { d = [1, { e = 2 }] } } # behind`,
    `inline = { a = "v", "b c" = { d = [1, { e = 2 }] } } # behind`,
  ],
  [
    ['x', 'inline', 'b c', 'f'],
    'v',
    `inline = { a = 1, "b c" = { d = [1, { e = 2 }] } } # behind`,
    `inline = { a = 1, "b c" = { d = [1, { e = 2 }], f = "v" } } # behind`,
  ],
  [
    ['x', 'inline', 'a'],
    undefined,
    `inline = { a = 1, "b c" = { d = [1, { e = 2 }] } } # behind`,
    `inline = { "b c" = { d = [1, { e = 2 }] } } # behind`,
  ],
  [['projects', 'github.com/a/b', 'worktree-path'], 'v', '', '[projects."github.com/a/b"]\nworktree-path = "v"'],
  [['list', 'columns'], undefined, 'columns = [ # cols\n  "branch",   # ] b\n  "status",\n]', ''],
  [['list', 'nothing'], undefined, '', ''],
  [['post-start', 'a'], 'v', FILE.trimEnd(), 'refused'],
  [['list', 'full', 'deeper'], 'v', FILE.trimEnd(), 'refused'],
])('%j = %j', (path, value, gone, come) => {
  const [out, into] = changed(path, value)
  if (come !== 'refused') expect([out, into]).toEqual([gone, come])
  else expect(into).toBe('refused')
})

test('a file with other line ends, without a last one, or empty', () => {
  expect(editToml('a = 1\r\n[b]\r\nc = 2', [{ path: ['b', 'd'], value: 3 }])).toBe('a = 1\r\n[b]\r\nc = 2\r\nd = 3\r\n')
  expect(editToml('', [{ path: ['b', 'd'], value: 3 }])).toBe('[b]\nd = 3\n')
  expect(editToml('', [{ path: ['d'], value: 'a\n"\u0001' }])).toBe('d = "a\\n\\"\\u0001"\n')
  expect(editToml('# note\n[b]\n', [{ path: ['d'], value: true }])).toBe('d = true\n\n# note\n[b]\n')
})

const piece = fc.constantFrom(
  '# [a]\n',
  '\n',
  '[a]\n',
  '[a.b] # c\n',
  '[[e]]\nq = 1\n',
  'k = 1\n',
  "  'l' = [1,\n # x\n 2]\n",
  'm.n = "#]"\n',
  'a.k = 1\n',
  'b = { k = 1, m = { n = 2 } } # t\n',
  'b = {}\n',
  's = """\n[a]\nk = 2\n"""\n',
)
const key = fc.constantFrom('a', 'b', 'k', 'm', 'n', 'l', 'x y', '')
const isValid = (text: string): boolean => {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

/** The table without a key, and without tables that nothing is in: whether those stay is a matter of spelling. */
const without = (table: ConfigTable, path: readonly string[] = []): ConfigTable => {
  const [first, ...rest] = path
  return Object.fromEntries(
    Object.entries(table).flatMap(([name, value]): [string, ConfigValue][] => {
      if (name === first && rest.length === 0) return []
      if (!isTable(value)) return [[name, value]]
      const inner = without(value, name === first ? rest : [])
      return Object.keys(inner).length === 0 ? [] : [[name, inner]]
    }),
  )
}

test('what is edited reads as intended or is refused, and no comment of others is lost', () => {
  let edits = 0
  fc.assert(
    fc.property(
      fc
        .array(piece, { maxLength: 6 })
        .map((pieces) => pieces.join(''))
        .filter(isValid),
      fc.array(key, { minLength: 1, maxLength: 3 }),
      fc.option(fc.constantFrom('v', true, 7), { nil: undefined }),
      (text, path, value) => {
        const after = editToml(text, [{ path, value }])
        const before = parse(text, { integersAsBigInt: false }) as ConfigTable
        if (after === undefined || !isValid(after)) return
        const read = without(parse(after, { integersAsBigInt: false }) as ConfigTable)
        if (value !== undefined) expect(read).toEqual(without(withValue(before, path, value)))
        // A whole table is not dropped.
        else if (!isTable(valueAt(before, ...path))) expect(read).toEqual(without(before, path))
        else return
        edits += 1
        for (const note of ['# [a]', '# c', ...(value === undefined ? [] : ['# t'])]) {
          expect(after.includes(note)).toBe(text.includes(note))
        }
      },
    ),
    { numRuns: 500 },
  )
  expect(edits).toBeGreaterThan(200)
})
