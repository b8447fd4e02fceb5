import { describe, expect, it } from 'vitest'
import { renderFrame } from '../../src/render/list/frame.ts'
import { renderList } from '../../src/render/list/table.ts'
import { makeStyle } from '../../src/render/style.ts'
import { displayWidth } from '../../src/render/width.ts'
import type { ListRow, MainState } from '../../src/worktree/list/result.ts'
import { commit, comparison, ordinaryRows, path, result, row, worktree } from './rows.ts'

const style = makeStyle(false)
const tableOf = (rows: readonly ListRow[], colour = false): readonly string[] =>
  renderList(result(rows), { width: 160, style: makeStyle(colour), final: true })
    .answer.trimEnd()
    .split('\n')

describe('hostile text', () => {
  const evil = [
    '\x1b[2J\x1b[31mred',
    'two\nlines',
    'a\r\tb',
    '\u202eevil\u2066',
    '\x9b0m',
    'ma\u200bin',
    '\udcff\udc80',
    '\u0301x',
    '\0',
  ]
  const where: readonly (readonly [string, (text: string) => ListRow])[] = [
    ['branch', (text) => row({ branch: text })],
    ['remote', (text) => row({ kind: 'remote', branch: 'x', remote: text })],
    ['subject', (text) => row({ commit: commit(text) })],
    ['path', (text) => row({ worktree: worktree({ path: path(`/home/ann/${text}`), detached: true }) })],
    ['lock reason', (text) => row({ worktree: worktree({ locked: { reason: text } }) })],
    ['prune reason', (text) => row({ worktree: worktree({ prunable: { reason: text } }) })],
    ['marker', (text) => row({ marker: text })],
    ['abbreviation', (text) => row({ commit: { ...commit(), abbreviated: text } })],
  ]
  const cases = where.flatMap(([name, make]) => evil.map((text) => [name, text, make(text)] as const))

  it.each(cases)('in the %s: %j', (_name, _text, hostile) => {
    const harmless = row({ branch: 'next', commit: commit('next subject') })
    const lines = tableOf([hostile, harmless])
    expect(lines).toHaveLength(3)
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u200b]/u)
    const message = lines[2]?.indexOf('next subject') ?? -1
    expect(lines[0]?.indexOf('Message')).toBe(message)
  })

  it('in colour keeps only our own sequences', () => {
    const lines = tableOf([row({ branch: '\x1b[5m', commit: commit('\x1b]0;t\x07') })], true)
    expect(lines.join('')).not.toContain('\x1b[5m')
    expect(lines.join('').replace(/\x1b\[\d+m/g, '')).not.toMatch(/\p{Cc}/u)
  })
})

describe('alignment', () => {
  it('counts cells, not characters', () => {
    const rows = ['plain', '検索', 'e\u0301te\u0301', '🔥🔥', '👩‍👩‍👧x'].map((branch) =>
      row({ branch, commit: commit('End') }),
    )
    const columns = tableOf(rows)
      .slice(1)
      .map((line) => displayWidth(line.slice(0, line.indexOf('End'))))
    expect(new Set(columns).size).toBe(1)
  })

  it('puts numbers under numbers', () => {
    const lines = tableOf([
      row({ comparison: comparison({ ahead: 1, behind: 100 }) }),
      row({ comparison: comparison({ ahead: 20, behind: 0 }) }),
      row({ comparison: comparison({ ahead: 0, behind: 3 }) }),
    ])
    expect(lines.slice(1).map((line) => line.slice(28, 36).padEnd(8))).toEqual([' ↑1 ↓100', '↑20     ', '      ↓3'])
  })

  it('ends no line with a blank', () => {
    for (const line of tableOf(ordinaryRows())) expect(line).toBe(line.trimEnd())
  })
})

describe('colour', () => {
  it.each([
    ['is_main', false],
    ['orphan', false],
    ['empty', true],
    ['integrated', true],
    ['would_conflict', false],
    ['same_commit', false],
    ['diverged', false],
    ['ahead', false],
    ['behind', false],
  ] satisfies readonly (readonly [MainState, boolean])[])('a row that is %s is dim: %s', (state, faded) => {
    expect(tableOf([row({ state })], true)[1]?.startsWith('\x1b[2m+ ')).toBe(faded)
  })

  it('changes nothing but colour', () => {
    const bare = tableOf(ordinaryRows(), true).map((line) => line.replace(/\x1b\[\d+m/g, ''))
    expect(bare).toEqual(tableOf(ordinaryRows()))
  })
})

describe('renderFrame', () => {
  const filling = (elapsed: number) => result(ordinaryRows(), { elapsed })
  it.each([
    [20, 11, '◎ Filling in 9 rows'],
    [12, 11, '◎ Filling in 9 rows'],
    [11, 10, '◎ Filling in 9 rows, the first 8 shown here'],
    [8, 7, '◎ Filling in 9 rows, the first 5 shown here'],
    [4, 3, '◎ Filling in 9 rows, the first 1 shown here'],
    [3, 2, '◎ Filling in 9 rows, the first 0 shown here'],
    [2, 1, '◎ Filling in 9 rows, the first 0 shown here'],
    [1, 1, '◎ Filling in 9 rows, the first 0 shown here'],
    [0, 1, '◎ Filling in 9 rows, the first 0 shown here'],
  ])('on %i rows takes %i lines', (rows, lines, footer) => {
    const frame = renderFrame(filling(500), { rows, columns: 100, style })
    expect(frame).toHaveLength(lines)
    expect(frame.at(-1)).toBe(footer)
  })

  it.each([1, 2, 5, 20, 33, 40, 80, 200])('is never wider than %i columns', (columns) => {
    for (const line of renderFrame(filling(500), { rows: 30, columns, style })) {
      expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(columns, 3))
    }
  })

  it('leaves open cells blank at first, then dots them', () => {
    const drawn = (elapsed: number): string =>
      renderFrame(filling(elapsed), { rows: 30, columns: 200, style }).join('\n')
    expect(drawn(199)).not.toContain('·')
    expect(drawn(200)).toContain('·')
    expect(renderList(filling(0), { width: 200, style, final: true }).answer).toContain('·')
  })

  it('shows the same rows as the final table once all is known', () => {
    const known = result(ordinaryRows().filter(({ state }) => state !== 'pending'))
    const frame = renderFrame(known, { rows: 30, columns: 160, style })
    expect(`${frame.slice(0, -1).join('\n')}\n`).toBe(renderList(known, { width: 160, style, final: true }).answer)
  })
})
