import { describe, expect, it } from 'vitest'
import { WtError } from '../../src/core/errors.ts'
import { renderError, renderRefusal } from '../../src/render/error.ts'
import { gutter, message, phrase } from '../../src/render/message.ts'
import { makeStyle } from '../../src/render/style.ts'

const plain = makeStyle(false)
const colour = makeStyle(true)

describe('message', () => {
  it.each([
    ['progress', '◎ going'],
    ['success', '✓ going'],
    ['error', '✗ going'],
    ['warning', '▲ going'],
    ['hint', '↳ going'],
    ['info', '○ going'],
    ['prompt', '❯ going'],
  ] as const)('marks %s', (kind, shown) => {
    expect(message(kind, 'going', plain)).toBe(shown)
  })

  it.each([
    ['success', '\x1b[32m✓\x1b[39m going'],
    ['error', '\x1b[31m✗\x1b[39m going'],
    ['hint', '\x1b[2m↳\x1b[22m \x1b[2mgoing\x1b[22m'],
  ] as const)('colours %s', (kind, shown) => {
    expect(message(kind, 'going', colour)).toBe(shown)
  })

  it.each([
    ['further lines', 'one\ntwo', undefined, '○ one\n  two'],
    ['what is too wide', 'one two three', 9, '○ one two\n  three'],
    ['a word wider than the line', 'enormous x', 4, '○ enormous\n  x'],
    ['nothing at width zero', 'one two', 0, '○ one two'],
    ['wide characters by cells', '検索 候補', 8, '○ 検索\n  候補'],
  ])('breaks %s', (_what, text, width, shown) => {
    expect(message('info', text, plain, width)).toBe(shown)
  })

  it('sanitises plain text', () => {
    expect(message('info', 'a\x1b[2Jb', plain)).toBe('○ a\\x1b[2Jb')
  })

  it('sanitises and sets off the names in a phrase', () => {
    const text = phrase(colour)`Removed ${'a\x1b[0m'}, ${2} left`
    expect(text.painted).toBe('Removed \x1b[1ma\\x1b[0m\x1b[22m, 2 left')
    expect(message('success', text, colour)).toContain(text.painted)
    expect(phrase(plain)`${phrase(plain)`in ${'x'}`}!`.painted).toBe('in x!')
  })
})

describe('gutter', () => {
  it.each([
    ['', ''],
    ['\n', ''],
    ['one', '  │ one'],
    ['one\n\nthree\n', '  │ one\n  │\n  │ three'],
    ['bad \x1b]0;title\x07', '  │ bad \\x1b]0;title\\x07'],
  ])('quotes %j', (text, shown) => {
    expect(gutter(text, plain)).toBe(shown)
  })
})

describe('renderError', () => {
  const failed = (text: string, options: { hint?: string; cause?: unknown } = {}): string =>
    renderError(new WtError('GIT_FAILED', text, options), plain)

  it.each([
    ['only the message', failed('No such branch'), '✗ No such branch\n'],
    ['the hint', failed('No such branch', { hint: 'wt list' }), '✗ No such branch\n↳ wt list\n'],
    ['the cause', failed('It failed', { cause: new Error('fatal: a\nb') }), '✗ It failed\n  │ fatal: a\n  │ b\n'],
    ['a cause that is text', failed('It failed', { cause: 'why' }), '✗ It failed\n  │ why\n'],
    ['no cause twice', failed('git x failed: why', { cause: new Error('fatal: why') }), '✗ git x failed: why\n'],
    ['no empty cause', failed('It failed', { cause: new Error('') }), '✗ It failed\n'],
    ['no cause of another kind', failed('It failed', { cause: 7 }), '✗ It failed\n'],
    ['hostile causes', failed('It failed', { cause: '\x1b[2J' }), '✗ It failed\n  │ \\x1b[2J\n'],
    ['hostile messages', failed('Not \u202e this'), '✗ Not \\u202e this\n'],
  ])('tells %s', (_what, told, expected) => {
    expect(told).toBe(expected)
  })

  it('never shows a stack', () => {
    expect(failed('It failed', { cause: new Error('deep') })).not.toContain(' at ')
  })
})

describe('renderRefusal', () => {
  it.each([
    [{ kind: 'refusal', code: 'DIRTY', message: 'Has changes' } as const, '✗ Has changes\n'],
    [
      { kind: 'refusal', code: 'DIRTY', message: 'Has changes', hint: 'git stash -u' } as const,
      '✗ Has changes\n↳ git stash -u\n',
    ],
  ])('tells %j', (refusal, expected) => {
    expect(renderRefusal(refusal, plain)).toBe(expected)
  })
})
