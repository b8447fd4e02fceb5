import { describe, expect, it } from 'vitest'
import { renderJson } from '../../src/render/json.ts'
import { toListJson } from '../../src/render/list/json.ts'
import { ordinaryRows, path, result, row, worktree } from './rows.ts'

describe('renderJson', () => {
  const raw = row({
    branch: 'a\udcff',
    worktree: worktree({ path: path('/x/\udcff') }),
    marker: '\ud83d',
    vars: { '\udc80': '\udc81' },
  })
  it('never fails and says the same', () => {
    const json = toListJson(result([...ordinaryRows(), raw]))
    expect(JSON.parse(renderJson(json))).toEqual(json)
    expect(renderJson(json).endsWith('}\n')).toBe(true)
    expect(renderJson(json)).toMatch(/^\{\n {2}"schema": 2,\n/)
  })

  it.each([
    [{ a: '\x1b\x9b\x7f' }, '{"a":"\\u001b\\u009b\\u007f"}\n'],
    [{ a: '\u202e' }, '{"a":"\\u202e"}\n'],
    [{ a: '\udc80' }, '{"a":"\ufffd"}\n'],
    [{ a: '\u{e0041}' }, '{"a":"\\udb40\\udc41"}\n'],
    [['é検🔥\\'], '["é検🔥\\\\"]\n'],
    [null, 'null\n'],
  ])('%j on one line', (value, text) => {
    expect(renderJson(value, { compact: true })).toBe(text)
  })
})
