import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dropSectionText, editConfigText } from '../../src/core/git-config-text.ts'
import { makeRepo } from '../support/repo.ts'

const repo = makeRepo('basic')
const file = join(repo.base, 'edited-config')

const entriesOf = (text: string): string[] => {
  writeFileSync(file, text)
  return repo
    .git('config', '--file', file, '--list', '-z')
    .split('\0')
    .filter((entry) => entry !== '')
}

const piece = fc.constantFrom(
  '[core]\n\tbare = false\n',
  '[wt]\n\thistory = "old"\n',
  '[wt]\n',
  '[WT] ; with a word\n  History=older # why\n',
  '[wt "sub"]\n\thistory = not this\n',
  '[branch "a.b"]\n\tremote = origin\n',
  '[alias]\n\tx = "!f() { \\\n echo \\"]\\"; }; f"\n',
  '# [wt]\n',
  '\n',
  '[a]\r\n\tb = c\r\n',
  '[flag]\n\tvalueless\n',
  '[q]\n\tv = "a # b" ; c\n',
)
const value = fc.oneof(
  fc.constantFrom('', ' ', 'a b', '"', '\\', 'a#b', ';', 'ü\n\t', "'$(x)'", '-', 'a\r\nb\r', '\r'),
  fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\b]/.test(text) && text.isWellFormed()),
)

test('an edit gives what git reads as that value, and leaves every other entry as it was', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.option(value, { nil: undefined }), (pieces, set) => {
      const text = pieces.join('')
      const before = entriesOf(text)
      const after = editConfigText(text, [{ key: 'wt.history', value: set }])
      expect(after).toBeDefined()
      const others = before.filter((entry) => !entry.startsWith('wt.history\n'))
      const found = entriesOf(after ?? '')
      expect(found.filter((entry) => !entry.startsWith('wt.history\n'))).toEqual(others)
      expect(found.filter((entry) => entry.startsWith('wt.history\n'))).toEqual(
        set === undefined ? [] : [`wt.history\n${set}`],
      )
    }),
    { numRuns: 60 },
  )
})

test('comments and the spelling of everything else stay byte for byte', () => {
  const text = '; mine\n[Core]\n  bare=false # really\n[wt]\n\thistory = a\n\t; keep\n[x "Y"]\n\tz\n'
  expect(editConfigText(text, [{ key: 'wt.history', value: 'b' }])).toBe(text.replace('history = a', 'history = "b"'))
})

test('a subsection keeps its case, dots and quotes', () => {
  const key = 'branch.A.b"c\\d.merge'
  const text = editConfigText('', [{ key, value: 'refs/heads/x' }]) ?? ''
  expect(entriesOf(text)).toEqual([`${key}\nrefs/heads/x`])
  expect(dropSectionText(`[core]\n\ta = b\n${text}`, 'branch', 'A.b"c\\d')).toBe('[core]\n\ta = b\n')
})

test.each([
  ['[a.b]\n\tc = d\n', 'an old spelling of a subsection'],
  ['[wt] history = x\n', 'a variable behind its header'],
  ['x = y\n', 'a variable outside every section'],
  ['[a]\n\tb = "open\n', 'an unclosed quote'],
  ['[a\n', 'a broken header'],
])('%j is left to git: %s', (text) => {
  expect(editConfigText(text, [{ key: 'wt.history', value: 'b' }])).toBeUndefined()
})

test('a section goes with its last variable, unless somebody wrote something about it', () => {
  const gone = (text: string): string | undefined => editConfigText(text, [{ key: 'wt.history', value: undefined }])
  expect(gone('[a]\n\tb = c\n[wt]\n\thistory = x\n\n[d]\n')).toBe('[a]\n\tb = c\n[d]\n')
  for (const kept of ['[wt] # mine\n', '[wt]\n\t# mine\n', '[wt]\n\tother = y\n']) {
    expect(gone(`${kept}\thistory = x\n`)).toBe(kept)
  }
  expect(gone('[wt]\n[a]\n')).toBe('[wt]\n[a]\n')
})
