import { describe, expect, test } from 'vitest'
import { mergeLayers } from '../../src/core/config-merge.ts'
import type { ConfigTable } from '../../src/core/config-value.ts'
import { commandProblem, hookKindNamed, hooksOf } from '../../src/core/hooks.ts'

const preMerge = (...tables: readonly ConfigTable[]) => hooksOf(tables).get('pre-merge')

describe('the forms of commands', () => {
  test.each<[string, ConfigTable[string], unknown]>([
    ['text', 'a', [[{ name: undefined, template: 'a' }]]],
    ['a table of one', { x: 'a' }, [[{ name: 'x', template: 'a' }]]],
    [
      'a table of several: side by side',
      { x: 'a', y: 'b' },
      [
        [
          { name: 'x', template: 'a' },
          { name: 'y', template: 'b' },
        ],
      ],
    ],
    [
      'a list: one after the other',
      ['a', { x: 'b' }],
      [[{ name: undefined, template: 'a' }], [{ name: 'x', template: 'b' }]],
    ],
    ['an empty table', {}, undefined],
    ['an empty list', [], undefined],
  ])('%s', (_, value, steps) => {
    expect(preMerge({ 'pre-merge': value })).toEqual(steps)
    expect(commandProblem(value)).toBeUndefined()
  })

  test.each<[ConfigTable[string], string]>([
    [1, 'a command'],
    [[1], 'a command'],
    [[['a']], 'a command'],
    [{ x: 1 }, 'values are commands'],
    [{ x: { y: 'a' } }, 'values are commands'],
    [{ 'a:b': 'c' }, 'no ":"'],
  ])('not %j', (value, mention) => {
    expect(commandProblem(value)).toContain(mention)
  })

  test('tables add to each other, in their order; names keep theirs', () => {
    const steps = preMerge({ 'pre-merge': { z: '1', a: '2' } }, {}, { 'pre-merge': '3' })
    expect(steps?.flat().map(({ template }) => template)).toEqual(['1', '2', '3'])
  })

  test('pre-create is another name for pre-start', () => {
    expect(
      hooksOf([{ 'pre-create': 'b', 'pre-start': 'a' }])
        .get('pre-start')
        ?.flat(),
    ).toMatchObject([{ template: 'a' }, { template: 'b' }])
    expect([hookKindNamed('post-create'), hookKindNamed('pre-merge'), hookKindNamed('pre-x')]).toEqual([
      'post-start',
      'pre-merge',
      undefined,
    ])
  })
})

test('over layers: tables merge and texts replace, entries of projects add', () => {
  const layers = [
    {
      'pre-merge': 'system',
      'post-merge': { s: 'system', same: 'system' },
      projects: { '*': { 'pre-merge': 'pattern' } },
    },
    {
      'pre-merge': 'user',
      'post-merge': { u: 'user', same: 'user' },
      projects: { app: { 'pre-merge': 'entry', 'post-merge': { p: 'entry' } } },
    },
    { 'pre-merge': 'set' },
  ].map((table, at) => ({ name: `layer ${at}`, table }))
  const { hooks } = mergeLayers(layers, ['app']).config
  const texts = (kind: 'pre-merge' | 'post-merge') =>
    hooks
      .get(kind)
      ?.flat()
      .map(({ template }) => template)
  expect(texts('pre-merge')).toEqual(['set', 'pattern', 'entry'])
  expect(texts('post-merge')).toEqual(['system', 'user', 'user', 'entry'])
})
