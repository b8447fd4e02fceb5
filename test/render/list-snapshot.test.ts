import { describe, expect, it } from 'vitest'
import { renderList } from '../../src/render/list/table.ts'
import { makeStyle } from '../../src/render/style.ts'
import { commit, ordinaryRows, path, result, row, worktree } from './rows.ts'

const ordinary = result(ordinaryRows(), { warnings: ['main is missing; nothing was compared'], timedOut: 5 })
const fresh = result([
  row({
    branch: 'main',
    worktree: worktree({ path: path('/home/ann/code/shop'), primary: true, current: true }),
    state: 'is_main',
  }),
])
const hostile = result([
  row({
    branch: '\u202egpj.exe',
    worktree: worktree({ path: path('/home/ann/code/sh\nop'), detached: true }),
    commit: commit('Say \x1b]0;hi\x07', 0),
  }),
])

describe('whole tables', () => {
  it.each([
    ['ordinary-80', ordinary, 80, false],
    ['ordinary-200', ordinary, 200, false],
    ['ordinary-40', ordinary, 40, false],
    ['ordinary-colour-160', ordinary, 160, true],
    ['fresh-80', fresh, 80, false],
    ['hostile-100', hostile, 100, false],
  ] as const)('%s', async (name, shown, width, colour) => {
    const { answer, narration } = renderList(shown, { width, style: makeStyle(colour), final: true })
    const text = `${answer}${narration}`.replaceAll('\x1b', '␛')
    await expect(text).toMatchFileSnapshot(`../../snapshots/list/${name}.txt`)
  })
})
