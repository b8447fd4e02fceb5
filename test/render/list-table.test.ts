import { describe, expect, it } from 'vitest'
import { renderList } from '../../src/render/list/table.ts'
import { makeStyle } from '../../src/render/style.ts'
import { displayWidth } from '../../src/render/width.ts'
import { COLUMN_NAMES, type ListResult, type ListRow } from '../../src/worktree/list/result.ts'
import { branchRow, changes, commit, comparison, ordinaryRows, result, row, upstream, worktree } from './rows.ts'

const style = makeStyle(false)
const list = (shown: ListResult, width?: number) => renderList(shown, { width, style, final: true })
const linesOf = (shown: ListResult, width?: number): readonly string[] =>
  list(shown, width).answer.trimEnd().split('\n')
const headers = (shown: ListResult, width?: number): string =>
  (linesOf(shown, width)[0] ?? '').trim().split(/ +/).join(' ')

const ALL = 'Branch Status HEAD± main↕ main…± Remote⇅ Path Commit Age Message'

describe('columns by width', () => {
  const ordinary = result(ordinaryRows())
  it.each([
    [undefined, ALL],
    [0, ALL],
    [200, ALL],
    [120, 'Branch Status HEAD± main↕ main…± Remote⇅ Path Commit'],
    [80, 'Branch Status HEAD± main↕ main…± Remote⇅'],
    [60, 'Branch Status HEAD± Age'],
    [40, 'Branch Status'],
    [20, 'Branch'],
  ])('%s cells: %s', (width, shown) => {
    expect(headers(ordinary, width)).toBe(shown)
    const missing = ALL.split(' ').filter((header) => !shown.split(' ').includes(header))
    expect(list(ordinary, width).hidden).toEqual(missing)
  })

  it.each(Array.from({ length: 60 }, (_, at) => [at * 3 + 1]))('never wider than %i cells', (width) => {
    for (const line of linesOf(ordinary, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width)
  })

  it('names what is hidden, wrapped', () => {
    const { narration } = list(ordinary, 40)
    expect(narration.startsWith('\n○ 7 worktrees')).toBe(true)
    expect(narration.replace(/\n {2}/g, ' ')).toContain(
      'hidden: HEAD±, main↕, main…±, Remote⇅, Path, Commit, Age, Message',
    )
    for (const line of narration.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(40)
  })

  it('gives no room to a column without data that one with data did not get', () => {
    const rows = [row({ branch: 'x'.repeat(20), commit: commit('subject of some length', 0) })]
    expect(headers(result(rows), 47)).toBe('Branch Status Commit Age')
    expect(headers(result(rows), 60)).toBe('Branch Status Commit Age Message')
    expect(headers(result(rows), 80)).toBe('Branch Status HEAD± Commit Age Message')
  })

  it('keeps the status beside a long name', () => {
    expect(linesOf(result([row({ branch: 'x'.repeat(40), state: 'ahead' })]), 30)[1]).toBe(
      '+ xxxxxxxxxxxxxxxxx…      ↑',
    )
  })
})

describe('the user’s own columns', () => {
  const rows = ordinaryRows()
  it.each([
    [['branch', 'age'], 'Branch Age'],
    [['age', 'branch'], 'Age Branch'],
    [['message', 'commit'], 'Message Commit'],
    [['path'], 'Path'],
    [['branch', 'ci', 'summary', 'url'], 'Branch'],
    [[], ''],
  ] as const)('%j', (columns, shown) => {
    expect(headers(result(rows, { columns }), 200)).toBe(shown)
    expect(list(result(rows, { columns }), 200).hidden).toEqual([])
  })

  it('survive by priority, wherever they stand', () => {
    expect(headers(result(rows, { columns: ['message', 'age', 'branch'] }), 42)).toBe('Age Branch')
    expect(list(result(rows, { columns: ['message', 'age', 'branch'] }), 42).hidden).toEqual(['Message'])
  })

  it.each(COLUMN_NAMES)('%s alone fits anywhere', (name) => {
    for (const width of [1, 2, 3, 10, 20]) {
      for (const line of linesOf(result(rows, { columns: [name] }), width)) {
        expect(displayWidth(line)).toBeLessThanOrEqual(width)
      }
    }
  })
})

it('draws thousands of rows', () => {
  const rows = Array.from({ length: 5000 }, (_, at) => row({ branch: `branch-${at}` }))
  expect(linesOf(result(rows), 80)).toHaveLength(5001)
})

describe('cells', () => {
  const only = (some: Partial<ListRow>, column: (typeof COLUMN_NAMES)[number]): string =>
    (linesOf(result([row(some)], { columns: [column] }))[1] ?? '').slice(2).trim()

  it.each([
    [
      'lines of the working tree',
      only({ worktree: worktree({ changes: changes({ lines: { added: 3, deleted: 1 } }) }) }, 'working-diff'),
      '+3 -1',
    ],
    [
      'only additions',
      only({ worktree: worktree({ changes: changes({ lines: { added: 3, deleted: 0 } }) }) }, 'working-diff'),
      '+3',
    ],
    [
      'only deletions',
      only({ worktree: worktree({ changes: changes({ lines: { added: 0, deleted: 4 } }) }) }, 'working-diff'),
      '-4',
    ],
    ['nothing for a clean tree', only({}, 'working-diff'), ''],
    ['commits', only({ comparison: comparison({ ahead: 2, behind: 3 }) }, 'ahead-behind'), '↑2 ↓3'],
    ['no commits for an orphan', only({ comparison: comparison({ ahead: 2, orphan: true }) }, 'ahead-behind'), ''],
    ['no lines for an orphan', only({ comparison: comparison({ orphan: true, lines: 'pending' }) }, 'branch-diff'), ''],
    ['many lines', only({ comparison: comparison({ lines: { added: 123_456, deleted: 0 } }) }, 'branch-diff'), '+123k'],
    ['an upstream in sync', only({ upstream: upstream(0, 0) }, 'upstream'), '|'],
    ['an upstream apart', only({ upstream: upstream(4, 2) }, 'upstream'), '⇡4 ⇣2'],
    ['what never came', only({ comparison: 'pending' }, 'ahead-behind'), '·'],
    ['lines that never came', only({ comparison: comparison({ lines: 'pending' }) }, 'branch-diff'), '·'],
    ['a commit that never came', only({ commit: 'pending' }, 'message'), '·'],
    ['a commit from the future', only({ commit: commit('x', 1e15) }, 'age'), 'in >999y'],
  ])('%s', (_what, shown, expected) => {
    expect(shown).toBe(expected)
  })

  it('cuts a name at 32 cells and a subject at 100', () => {
    expect(only({ branch: 'a'.repeat(33) }, 'branch')).toBe(`${'a'.repeat(31)}…`)
    expect(only({ commit: commit('b'.repeat(101)) }, 'message')).toBe(`${'b'.repeat(99)}…`)
    expect(only({ branch: '検'.repeat(33) }, 'branch')).toBe(`${'検'.repeat(15)}…`)
  })

  it('leaves a dead worktree its name, path and commit', () => {
    const dead = worktree({ prunable: { reason: 'gone' }, detached: true, changes: 'pending' })
    const rows = [row({ worktree: dead, comparison: 'pending', upstream: 'pending', state: 'pending' })]
    expect(linesOf(result(rows))[1]?.replace(/ +/g, ' ')).toBe('+ feature ⊟ ../shop.feature aaaaaaa')
  })
})

describe('the footer', () => {
  it.each([
    [[row()], {}, '○ 1 worktree'],
    [[row(), branchRow()], {}, '○ 1 worktree, 1 branch'],
    [[branchRow(), branchRow()], {}, '○ 2 branches'],
    [[branchRow({ kind: 'remote', remote: 'o' })], {}, '○ 1 remote branch'],
    [[row({ worktree: worktree({ changes: changes({ renamed: true }) }) })], {}, '○ 1 worktree, 1 with changes'],
    [[row({ comparison: comparison({ ahead: 1 }) })], {}, '○ 1 worktree, 1 ahead'],
    [[row()], { timedOut: 1 }, '○ 1 worktree; 1 task timed out'],
    [[row()], { timedOut: 2 }, '○ 1 worktree; 2 tasks timed out'],
    [[row()], { warnings: ['No \x1b main'] }, '○ 1 worktree\n▲ No \\x1b main'],
    [[], {}, '○ No worktrees\n↳ to see branches: wt list --branches; to check one out: wt switch <branch>'],
  ])('case %#', (rows, some, shown) => {
    expect(list(result(rows, some)).narration.trim()).toBe(shown)
  })

  it('goes to its own stream', () => {
    const { answer, narration } = renderList(result(ordinaryRows(), { warnings: ['w'] }), {
      width: undefined,
      style,
      final: true,
      narration: { width: 30, style: makeStyle(true) },
    })
    expect(answer).not.toContain('\x1b')
    expect(narration).toContain('\x1b[33m▲\x1b[39m w')
    expect(list(result([])).answer).toBe('')
  })
})
