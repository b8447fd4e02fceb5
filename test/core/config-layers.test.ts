import { describe, expect, test } from 'vitest'
import { flattenLayers, layLayers } from '../../src/core/config-layers.ts'
import type { ConfigTable } from '../../src/core/config-value.ts'

/** What is left of a project entry once a higher layer has set global keys. */
const leftOf = (entry: ConfigTable, higher: ConfigTable): ConfigTable => {
  const { marker: _, ...rest } = flattenLayers(
    layLayers([{ projects: { app: entry } }, higher, { marker: true }], ['app']),
  )
  return rest
}

describe('a higher layer that sets a global key', () => {
  test.each<[string, ConfigTable, ConfigTable, ConfigTable]>([
    ['takes the key from lower entries', { merge: { ff: true } }, { merge: { ff: false } }, { merge: { ff: false } }],
    [
      'and no other key',
      { merge: { ff: true, squash: true } },
      { merge: { ff: false } },
      { merge: { ff: false, squash: true } },
    ],
    ['does not take hooks, which add up', { 'pre-start': 'p' }, { 'pre-start': 'g' }, { 'pre-start': 'p' }],
    ['nor aliases', { aliases: { a: 'p' } }, { aliases: { a: 'g', b: 'g' } }, { aliases: { a: 'p', b: 'g' } }],
    [
      'nor excludes',
      { step: { 'copy-ignored': { exclude: ['p'] } } },
      { step: { 'copy-ignored': { exclude: ['g'] } } },
      { step: { 'copy-ignored': { exclude: ['p'] } } },
    ],
    [
      'takes a custom column as a whole',
      { list: { 'custom-columns': { A: { template: 'p', width: 5 }, B: { template: 'b' } } } },
      { list: { 'custom-columns': { A: { template: 'g' } } } },
      { list: { 'custom-columns': { A: { template: 'g' }, B: { template: 'b' } } } },
    ],
    ['an empty table sets nothing', { merge: { ff: true } }, { merge: {} }, { merge: { ff: true } }],
  ])('%s', (_, entry, higher, expected) => {
    expect(leftOf(entry, higher)).toEqual(expected)
  })
})

test('an entry is merged over the layers, then over less specific ones', () => {
  const tables: readonly ConfigTable[] = [
    { merge: { ff: true }, projects: { '*': { merge: { squash: false } }, app: { merge: { commit: false } } } },
    { projects: { app: { merge: { rebase: false } } } },
  ]
  expect(flattenLayers(layLayers(tables, ['app']))).toEqual({
    merge: { ff: true, squash: false, commit: false, rebase: false },
  })
})
