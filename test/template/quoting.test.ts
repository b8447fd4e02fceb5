import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoteForShell } from '../../src/core/shell-quote.ts'
import { expand } from '../../src/template/expand.ts'

const SHELLS: readonly (readonly [name: string, ...words: readonly string[]])[] = [
  ['dash', '-c'],
  ['bash', '--norc', '--noprofile', '-c'],
  ['zsh', '-f', '-c'],
  ['fish', '--no-config', '-c'],
]

const isThere = (shell: string): boolean => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0

/** What a shell makes of the words. */
const throughShell = ([shell, ...words]: (typeof SHELLS)[number], texts: readonly string[]): readonly string[] => {
  const script = `printf '%s\\0' ${texts.map(quoteForShell).join(' ')}`
  const done = spawnSync(shell, [...words, script], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', LC_ALL: 'C.UTF-8' },
  })
  expect(done.stderr.toString()).toBe('')
  return done.stdout.toString().split('\0').slice(0, -1)
}

const HOSTILE = [
  '',
  ' ',
  "it's",
  '"',
  '\\',
  '\\\\',
  "\\'",
  "'\\",
  'a\\',
  `$HOME $(id) \`id\` $\{IFS}`,
  '!!',
  '!',
  '~',
  '=ls',
  '*?[a]{b,c}',
  '-n',
  '--',
  '#x',
  'a;b|c&d>e<f',
  'a\nb\n',
  '\t\r',
  '{{ x }}',
  '日本 é 😀',
  '%s\\n',
  '(x)',
  '^',
]

// Text that no program can be given: a NUL, and half of a pair.
const text = fc.string({ unit: 'binary' }).map((each) => each.replaceAll('\0', '').toWellFormed())
const odd = fc.string({ unit: fc.constantFrom(...'\'"\\!$`~=*?[]{}()<>|&;#%^@+-:,. \n\tabé😀') })

describe.each(SHELLS.map((shell) => ({ name: shell[0], shell })))('$name', ({ shell }) => {
  test.skipIf(!isThere(shell[0]))('takes hostile values as they are', () => {
    expect(throughShell(shell, HOSTILE)).toEqual(HOSTILE)
  })

  test.skipIf(!isThere(shell[0]))('takes any values as they are', () => {
    const values = fc.array(fc.oneof(text, odd), { minLength: 40, maxLength: 60 })
    fc.assert(
      fc.property(values, (texts) => {
        expect(throughShell(shell, texts)).toEqual(texts)
      }),
      { numRuns: 12 },
    )
  })
})

test.each(['dash', 'bash', 'zsh'].filter(isThere))('%s gets bytes that are not UTF-8', (shell) => {
  const value = "/a\udcff\udcfe b'\udc80/😀"
  const { stdout } = spawnSync(shell, ['-c', `printf %s ${quoteForShell(value)}`], { env: { PATH: process.env.PATH } })
  expect(stdout).toEqual(
    Buffer.concat([
      Buffer.from('/a'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(" b'"),
      Buffer.from([0x80]),
      Buffer.from('/😀'),
    ]),
  )
})

describe('templates for a shell', () => {
  const shellText = async (source: string, branch: string): Promise<string> => {
    const expansion = await expand(
      source,
      { branch, args: { kind: 'words', words: ['a b', '$x'] } },
      { quoting: 'shell' },
    )
    if (expansion.kind !== 'text') throw new Error(expansion.message)
    return expansion.text
  }

  test.each([
    ['echo {{ branch }}', "echo 'a;b'"],
    ['echo {{ branch | upper }}', "echo 'A;B'"],
    ['echo {{ branch | replace(";", "") }}', 'echo ab'],
    ['echo {{ [1, branch] }}', "echo '[1, '\\''a;b'\\'']'"],
    ['echo {{ branch | tojson }}', 'echo \'"a;b"\''],
    ['echo {{ args }} {{ args[1] }}', "echo 'a b' '$x' '$x'"],
    ['echo {{ "" }} {{ none }}', "echo '' "],
    ['echo {{ branch | safe }}', "echo 'a;b'"],
    ['x={% set y %}-{{ branch }}-{% endset %}{{ y }}', "x='-a;b-'"],
    ['{% macro m(b) %}echo {{ b }}{% endmacro %}{{ m(branch) }}', "echo 'a;b'"],
    ['{% macro m(b) %}{{ b }}{% endmacro %}{% set y %}{{ m(branch) }}{% endset %}{{ y }}', "'a;b'"],
    ['echo 1\n', 'echo 1\n'],
  ])('%j', async (source, script) => {
    expect(await shellText(source, 'a;b')).toBe(script)
  })

  test('a newline at the end stays', async () => {
    expect(await shellText('cat <<E\n{{ branch }}\nE\n', 'x')).toBe('cat <<E\nx\nE\n')
    expect(await shellText('{% if true %}a{% endif %}\n', 'x')).toBe('a\n')
  })
})
