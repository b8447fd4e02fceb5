import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { displayWidth, fitStart, padEnd, padStart, truncate } from '../../src/render/width.ts'

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['main', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['検索', 4],
    ['ﾊﾝｶｸ', 4],
    ['ＡＢ', 4],
    ['한국', 4],
    ['\u1112\u1161\u11ab', 2],
    ['🔥', 2],
    ['👍🏽', 2],
    ['👩‍👩‍👧', 2],
    ['❤', 1],
    ['❤️', 2],
    ['🏳️‍🌈', 2],
    ['🇩🇪', 2],
    ['1️⃣', 2],
    ['↑3 ↓12', 6],
    ['main…±', 6],
    ['⊘⊂⚐✘✗⇅∅', 7],
    ['a检b', 4],
    ['Zażółć', 6],
    ['שלום', 4],
  ])('%j takes %i', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

describe('truncate', () => {
  it.each([
    ['main', 4, 'main'],
    ['main', 10, 'main'],
    ['feature', 4, 'fea…'],
    ['feature', 1, '…'],
    ['feature', 0, ''],
    ['feature', -1, ''],
    ['検索候補', 8, '検索候補'],
    ['検索候補', 7, '検索候…'],
    ['検索候補', 6, '検索…'],
    ['検索候補', 2, '…'],
    ['ae\u0301o\u0301b', 3, 'ae\u0301…'],
    ['👩‍👩‍👧 family', 4, '👩‍👩‍👧 …'],
    ['👩‍👩‍👧 family', 2, '…'],
    ['x❤️y', 3, 'x…'],
  ])('cuts %j to %i cells', (text, width, shown) => {
    expect(truncate(text, width)).toBe(shown)
  })

  it('never gives more than was asked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(30), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width)
        expect(displayWidth(fitStart(text, width))).toBeLessThanOrEqual(width)
        expect(text.startsWith(fitStart(text, width))).toBe(true)
      }),
    )
  })
})

describe('padding', () => {
  it.each([
    ['ab', 4, 'ab  ', '  ab'],
    ['検', 4, '検  ', '  検'],
    ['abcd', 2, 'abcd', 'abcd'],
    ['', 2, '  ', '  '],
  ])('fills %j to %i cells', (text, width, left, right) => {
    expect(padEnd(text, width)).toBe(left)
    expect(padStart(text, width)).toBe(right)
  })
})
