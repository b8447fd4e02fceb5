import { expect, test } from 'vitest'
import { byteCount, showBytes } from '../../src/core/byte-count.ts'

test.each([
  ['0', 0],
  ['50000000', 50_000_000],
  ['50MB', 50_000_000],
  ['50 mb', 50_000_000],
  ['1.5GiB', 1_610_612_736],
  ['2k', 2000],
  ['2KiB', 2048],
  ['10b', 10],
])('%s is a size', (text, bytes) => {
  expect(byteCount(text)).toBe(bytes)
})

test.each([[''], ['-1'], ['MB'], ['5 apples'], ['1e3'], ['NaN'], ['true']])('%s is none', (text) => {
  expect(byteCount(text)).toBe(undefined)
})

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 kB'],
  [51_000_000, '51 MB'],
  [3_400_000_000, '3.4 GB'],
])('%s reads %s', (bytes, text) => {
  expect(showBytes(bytes)).toBe(text)
})
