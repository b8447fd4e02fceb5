import { describe, expect, test } from 'vitest'
import { parseDuration } from '../../src/core/duration.ts'

const HOUR = 3_600_000

describe('a time span', () => {
  test.each([
    ['0', 0],
    ['0s', 0],
    ['250ms', 250],
    ['90s', 90_000],
    ['5m', 300_000],
    ['12h', 12 * HOUR],
    ['1d', 24 * HOUR],
    ['90 days', 90 * 24 * HOUR],
    ['2w', 14 * 24 * HOUR],
    ['2h 30m', 2.5 * HOUR],
    ['1d12h', 36 * HOUR],
    ['1.5h', 1.5 * HOUR],
    ['1M', 30.4375 * 24 * HOUR],
    ['1year', 365.25 * 24 * HOUR],
    ['  1d  ', 24 * HOUR],
  ])('%j', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })

  test.each(['', '1', 'd', '.5d', '1.d', '-1d', '1 fortnight', '1d,2h', '1D', 'soon', '99999999999999999y', '1d\n2'])(
    '%j is none',
    (text) => {
      expect(parseDuration(text)).toBe(undefined)
    },
  )
})
