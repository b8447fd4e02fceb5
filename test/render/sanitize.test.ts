import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBytes } from '../../src/core/bytes.ts'
import { sanitize, sanitizeLines } from '../../src/render/sanitize.ts'

describe('sanitize', () => {
  it.each([
    ['plain ASCII', 'feature/a-1 ~!@#', 'feature/a-1 ~!@#'],
    ['accents and other scripts', 'été 検索 поиск', 'été 検索 поиск'],
    ['decomposed accents', 'e\u0301te\u0301', 'e\u0301te\u0301'],
    ['emoji', '🔥 done', '🔥 done'],
    ['joined emoji', '👩‍👩‍👧', '👩‍👩‍👧'],
    ['skin tones', '👍🏽', '👍🏽'],
    ['joined emoji with skin tones', '👩🏽‍💻', '👩🏽‍💻'],
    ['an emoji selector', '❤️', '❤️'],
    ['a rainbow flag', '🏳️‍🌈', '🏳️‍🌈'],
    ['a keycap', '1️⃣', '1️⃣'],
    ['a non-joiner in Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['a joiner in Sinhala', 'ශ්\u200dරී', 'ශ්\u200dරී'],
    ['a non-breaking space, as in French', 'Fini\u00a0!', 'Fini\u00a0!'],
    ['private use, as icon fonts have it', '\ue0a0 main', '\ue0a0 main'],
    ['nothing', '', ''],
  ])('leaves %s', (_what, text, shown) => {
    expect(sanitize(text)).toBe(shown)
  })

  it.each([
    ['escape', 'a\x1b[31mb', 'a\\x1b[31mb'],
    ['newline', 'a\nb', 'a\\nb'],
    ['carriage return', 'a\rb', 'a\\rb'],
    ['tab', 'a\tb', 'a\\tb'],
    ['nul', 'a\0b', 'a\\x00b'],
    ['bell', '\x07', '\\x07'],
    ['backspace', '\b', '\\x08'],
    ['delete', '\x7f', '\\x7f'],
    ['8-bit control sequence', '\x9b31m', '\\u009b31m'],
    ['next line', '\x85', '\\u0085'],
    ['line separator', '\u2028', '\\u2028'],
    ['paragraph separator', '\u2029', '\\u2029'],
    ['right-to-left override', 'a\u202egnp.b', 'a\\u202egnp.b'],
    ['isolate', '\u2066x\u2069', '\\u2066x\\u2069'],
    ['left-to-right mark', '\u200e', '\\u200e'],
    ['Arabic letter mark', '\u061c', '\\u061c'],
    ['zero-width space', 'ma\u200bin', 'ma\\u200bin'],
    ['zero-width joiner between letters', 'ma\u200din', 'ma\\u200din'],
    ['zero-width non-joiner between letters', 'ma\u200cin', 'ma\\u200cin'],
    ['byte order mark', '\ufeffmain', '\\ufeffmain'],
    ['soft hyphen', 'ma\u00adin', 'ma\\u00adin'],
    ['word joiner', '\u2060', '\\u2060'],
    ['grapheme joiner', 'a\u034f', 'a\\u034f'],
    ['Hangul filler', '\u3164', '\\u3164'],
    ['halfwidth Hangul filler', '\uffa0', '\\uffa0'],
    ['interlinear annotation', '\ufff9', '\\ufff9'],
    ['tag characters', 'x\u{e0041}', 'x\\u{e0041}'],
    ['data in variation selectors', 'x\u{e0100}\u{e0101}', 'x\\u{e0100}\\u{e0101}'],
    ['a second selector', 'x\ufe0f\ufe0f', 'x\ufe0f\\ufe0f'],
    ['a selector after nothing', '\ufe0f', '\\ufe0f'],
    ['a mark after nothing', '\u0301e', '\\u0301e'],
    ['half a surrogate pair', '\ud83d', '\\ud83d'],
    ['a raw byte', decodeBytes(Uint8Array.of(0x61, 0xff, 0x62)), 'a\\xffb'],
  ])('spells out %s', (_what, text, shown) => {
    expect(sanitize(text)).toBe(shown)
  })

  it('never leaves anything that could act on a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = sanitize(text)
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
        expect(shown.isWellFormed()).toBe(true)
      }),
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(sanitize(sanitize(text))).toBe(sanitize(text))
      }),
    )
  })
})

describe('sanitizeLines', () => {
  it.each([
    ['one line', 'fatal: no', ['fatal: no']],
    ['several lines', 'a\nb\n\n', ['a', 'b']],
    ['Windows line ends', 'a\r\nb\r\n', ['a', 'b']],
    ['progress redrawn with carriage returns', 'Checking 1%\rChecking 99%\rdone.\nend', ['done.', 'end']],
    ['tabs', '\tfile', ['    file']],
    ['escapes', 'remote: \x1b[31mred', ['remote: \\x1b[31mred']],
    ['blank lines between', 'a\n\nb', ['a', '', 'b']],
  ])('splits %s', (_what, text, lines) => {
    expect(sanitizeLines(text)).toEqual(lines)
  })
})
