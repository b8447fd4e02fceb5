import { describe, expect, it } from 'vitest'
import type { Line } from '../../src/render/list/line.ts'
import { compactStatus, drawStatus, gutterSymbol, rawSymbols, STATUS_WIDTH } from '../../src/render/list/symbols.ts'
import { makeStyle } from '../../src/render/style.ts'
import type { ListRow, MainState } from '../../src/worktree/list/result.ts'
import { branchRow, changes, comparison, path, row, upstream, worktree } from './rows.ts'

const cell = (shown: ListRow, colour = false, open = '·'): string => {
  const line: Line = { parts: [], at: 0 }
  drawStatus(line, 0, shown, { style: makeStyle(colour), open })
  expect(line.at).toBeLessThanOrEqual(STATUS_WIDTH)
  return line.parts.join('')
}

describe('position 4: the first that holds', () => {
  const reason = { reason: undefined }
  const order = [
    ['✘', { changes: changes({ conflicted: true }) }],
    ['↻', { operation: 'merge' }],
    ['⊞', { locked: reason }],
    ['⊘', { detached: true }],
    ['⚐', { duplicate: true }],
    ['⚐', { mismatched: true }],
  ] as const
  const pairs = order.flatMap((first, at) =>
    order.slice(at).map((second) => [first[0], { ...second[1], ...first[1] }] as const),
  )

  it.each(pairs)('%s for %j', (symbol, cells) => {
    expect(cell(row({ worktree: worktree(cells) }))).toBe(`   ${symbol}`)
  })

  it.each([
    ['prunable', { prunable: { reason: 'gone' } }],
    ['prunable before locked', { prunable: { reason: 'gone' }, locked: reason }],
    ['prunable before detached', { prunable: { reason: 'gone' }, detached: true }],
    ['a broken registration', { broken: 'no HEAD' }],
  ])('⊟ for %s', (_what, cells) => {
    expect(cell(row({ worktree: worktree(cells) }))).toBe('   ⊟')
  })

  it.each(['merge', 'rebase', 'cherry-pick', 'revert', 'bisect'] as const)('↻ during a %s', (operation) => {
    expect(cell(row({ worktree: worktree({ operation }) }))).toBe('   ↻')
  })

  it('/ without a worktree', () => {
    expect(cell(branchRow())).toBe('   /')
    expect(cell(branchRow({ kind: 'remote', remote: 'origin' }))).toBe('   /')
  })

  it('blank for a worktree with nothing to say', () => {
    expect(cell(row())).toBe('')
  })

  it('shows nothing else of a dead worktree, and no dots', () => {
    const dead = row({
      worktree: worktree({ prunable: { reason: 'gone' }, changes: 'pending' }),
      commit: 'pending',
      state: 'pending',
      upstream: 'pending',
    })
    expect(compactStatus(dead, makeStyle(false)).plain).toBe('⊟')
    expect(rawSymbols(dead)).toBe('⊟')
  })
})

describe('positions 1 to 3', () => {
  it.each([
    [{ staged: true }, '+', '+'],
    [{ modified: true }, ' !', '!'],
    [{ untracked: true }, '  ?', '?'],
    [{ staged: true, untracked: true }, '+ ?', '+?'],
    [{ staged: true, modified: true, untracked: true }, '+!?', '+!?'],
    [{ renamed: true }, '', '»'],
    [{ deleted: true }, '', '✘'],
    [{ staged: true, renamed: true, deleted: true }, '+', '+»✘'],
    [{ conflicted: true, deleted: true }, '   ✘', '✘✘'],
  ])('%j', (some, shown, raw) => {
    const changed = row({ worktree: worktree({ changes: changes(some) }) })
    expect(cell(changed)).toBe(shown)
    expect(rawSymbols(changed)).toBe(raw)
  })
})

describe('position 5', () => {
  const states: readonly (readonly [MainState, string])[] = [
    ['is_main', '^'],
    ['orphan', '∅'],
    ['empty', '_'],
    ['integrated', '⊂'],
    ['would_conflict', '✗'],
    ['same_commit', '–'],
    ['diverged', '↕'],
    ['ahead', '↑'],
    ['behind', '↓'],
  ]

  it.each(states)('%s', (state, symbol) => {
    expect(cell(row({ state }))).toBe(`    ${symbol}`)
    expect(rawSymbols(row({ state }))).toBe(symbol)
  })

  it.each(states)('%s is dim, a conflict yellow', (state, symbol) => {
    const painted = state === 'would_conflict' ? `\x1b[33m${symbol}\x1b[39m` : `\x1b[2m${symbol}\x1b[22m`
    expect(cell(row({ state }), true)).toBe(`    ${painted}`)
  })
})

describe('position 6', () => {
  it.each([
    [0, 0, '|'],
    [2, 0, '⇡'],
    [0, 2, '⇣'],
    [1, 2, '⇅'],
  ])('%i ahead, %i behind', (ahead, behind, symbol) => {
    expect(cell(row({ upstream: upstream(ahead, behind) }))).toBe(`     ${symbol}`)
    expect(rawSymbols(row({ upstream: upstream(ahead, behind) }))).toBe(symbol)
  })
})

describe('position 7', () => {
  it.each([
    ['🔥', '🔥'],
    ['ok', 'ok'],
    ['long', 'lo'],
    ['a🔥', 'a'],
    ['\x1b[31m', '\\x'],
    ['', ''],
  ])('marker %j', (marker, shown) => {
    expect(cell(row({ marker }))).toBe(shown === '' ? '' : `      ${shown}`)
    expect(rawSymbols(row({ marker }))).toBe(marker)
  })
})

describe('all of it', () => {
  const full = row({
    worktree: worktree({ changes: changes({ modified: true }), mismatched: true }),
    state: 'ahead',
    upstream: upstream(1, 1),
    marker: '🔥',
  })
  const waiting = row({
    worktree: worktree({ changes: 'pending', detached: true }),
    state: 'pending',
    upstream: 'pending',
  })

  it('in the table, for a prompt, for scripts', () => {
    expect(cell(full)).toBe(' ! ⚐↑⇅🔥')
    expect(compactStatus(full, makeStyle(false))).toEqual({ text: '!⚐↑⇅🔥', plain: '!⚐↑⇅🔥' })
    expect(rawSymbols(full)).toBe('!⚐↑⇅🔥')
    expect(rawSymbols(row({ worktree: worktree({ detached: true }), comparison: comparison(), state: 'empty' }))).toBe(
      '⊘_',
    )
  })

  it('while values are still to come', () => {
    expect(cell(waiting)).toBe('·  ⊘··')
    expect(cell(waiting, false, '')).toBe('   ⊘')
    expect(rawSymbols(waiting)).toBe('⊘')
  })
})

describe('gutterSymbol', () => {
  it.each([
    ['@', row({ worktree: worktree({ current: true, primary: true }) })],
    ['^', row({ worktree: worktree({ primary: true, path: path('/x') }) })],
    ['+', row()],
    ['/', branchRow()],
    ['|', branchRow({ kind: 'remote', remote: 'origin' })],
  ])('%s', (symbol, shown) => {
    expect(gutterSymbol(shown)).toBe(symbol)
  })
})
