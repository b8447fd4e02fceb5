import { expect, test } from 'vitest'
import { accumulatedTexts } from '../../src/core/config-texts.ts'
import type { ConfigTable } from '../../src/core/config-value.ts'

test('a list accumulates over the entries of a project, and is replaced by a higher layer', () => {
  const own = (...exclude: readonly string[]): ConfigTable => ({ step: { 'copy-ignored': { exclude } } })
  const low = { ...own('low'), projects: { 'host/*': own('pattern'), 'host/a/b': own('exact'), other: own('other') } }
  const path = ['step', 'copy-ignored', 'exclude']
  expect(accumulatedTexts([low, own('high')], ['host/a/b'], path)).toEqual(['high', 'pattern', 'exact'])
  expect(accumulatedTexts([low], [], path)).toEqual(['low'])
  expect(accumulatedTexts([], ['host/a/b'], path)).toEqual([])
})
