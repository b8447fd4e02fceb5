import { describe, expect, it } from 'vitest'
import { toListJson } from '../../src/render/list/json.ts'
import { makeStyle } from '../../src/render/style.ts'
import type { ListRow } from '../../src/worktree/list/result.ts'
import { branchRow, changes, commit, comparison, oid, result, row, upstream, worktree } from './rows.ts'

const item = (shown: ListRow) => {
  const [only] = toListJson(result([shown])).items
  if (only === undefined) throw new Error('no item')
  return only
}

describe('the envelope', () => {
  it('holds the default branch and what was collected', () => {
    expect(toListJson(result([]))).toEqual({
      schema: 2,
      repo: { default_branch: 'main' },
      collected: { ci: false, summary: false },
      items: [],
    })
    expect(toListJson({ defaultBranch: undefined, rows: [] }).repo).toEqual({})
  })

  it('has its fields in a fixed order', () => {
    const full = item({
      ...row({ marker: 'x', vars: { a: 'b' }, comparison: 'pending', upstream: 'pending' }),
      remote: 'o',
    })
    expect(Object.keys(full).join(' ')).toBe('branch remote head worktree default_branch upstream vars marker display')
  })
})

describe('head', () => {
  const { commit: _, ...dateless } = row()
  const at = (seconds: number) => item(row({ commit: commit('x', seconds) })).head?.committed_at
  it.each([
    [
      'a commit',
      row({ commit: commit('Hi', 0) }),
      { sha: oid('a'), short_sha: 'aaaaaaa', subject: 'Hi', committed_at: '1970-01-01T00:00:00Z' },
    ],
    [
      'a commit that never came',
      row({ commit: 'pending' }),
      { sha: oid('a'), short_sha: 'aaaaaaa', subject: null, committed_at: null },
    ],
    ['a commit nobody read', dateless, { sha: oid('a'), short_sha: 'aaaaaaa', subject: null, committed_at: null }],
    ['an unborn branch', { kind: 'worktree', branch: 'main', head: undefined } as const, null],
    [
      'raw control characters',
      row({ commit: commit('a\x1b[1m', 0) }),
      { sha: oid('a'), short_sha: 'aaaaaaa', subject: 'a\x1b[1m', committed_at: '1970-01-01T00:00:00Z' },
    ],
  ])('%s', (_what, shown, head) => {
    expect(item(shown).head).toEqual(head)
  })

  it.each([
    [1_787_400_000, '2026-08-22T12:00:00Z'],
    [-1, '1969-12-31T23:59:59Z'],
    [-62_167_219_200, '0000-01-01T00:00:00Z'],
    [-62_167_219_201, null],
    [253_402_300_799, '9999-12-31T23:59:59Z'],
    [253_402_300_800, null],
    [1e18, null],
    [Number.NaN, null],
  ])('%d is %s', (seconds, date) => {
    expect(at(seconds)).toBe(date)
  })
})

describe('worktree', () => {
  const of = (some: Parameters<typeof worktree>[0]) => item(row({ worktree: worktree(some) })).worktree
  it('is absent for a branch', () => {
    expect(item(branchRow())).not.toHaveProperty('worktree')
  })

  it('says all that is known and leaves out what does not apply', () => {
    expect(of({ primary: true, current: true, previous: true })).toEqual({
      path: '/home/ann/code/shop.feature',
      main: true,
      current: true,
      previous: true,
      detached: false,
      branch_mismatch: false,
      duplicate_branch: false,
      changes: {
        staged: false,
        modified: false,
        untracked: false,
        renamed: false,
        deleted: false,
        conflicted: false,
        diff: { added: 0, deleted: 0 },
      },
    })
  })

  it.each([
    ['locked', { locked: { reason: 'usb' } }, { locked: { reason: 'usb' } }],
    ['locked without a reason', { locked: { reason: undefined } }, { locked: { reason: null } }],
    ['locked with an empty reason', { locked: { reason: '' } }, { locked: { reason: null } }],
    ['prunable', { prunable: { reason: 'gone' } }, { prunable: { reason: 'gone' }, operation: null }],
    ['broken', { broken: 'no HEAD' }, { broken: { reason: 'no HEAD' }, operation: null }],
    ['off its place', { mismatched: true }, { branch_mismatch: true }],
    ['detached is no mismatch', { mismatched: true, detached: true }, { branch_mismatch: false, detached: true }],
    ['twice', { duplicate: true }, { duplicate_branch: true }],
    ['changes to come', { changes: 'pending' }, { changes: null }],
    ['a merge', { operation: 'merge' }, { operation: 'merge' }],
    ['a rebase', { operation: 'rebase' }, { operation: 'rebase' }],
    ['a cherry-pick', { operation: 'cherry-pick' }, { operation: 'cherry_pick' }],
    ['a revert', { operation: 'revert' }, { operation: 'revert' }],
    ['a bisect', { operation: 'bisect' }, { operation: 'bisect' }],
  ] as const)('%s', (_what, some, shown) => {
    expect(of(some)).toMatchObject(shown)
  })

  it('has null for lines to come and for changes not asked for', () => {
    expect(of({ changes: changes({ staged: true, lines: 'pending' }) })?.changes).toMatchObject({
      staged: true,
      diff: null,
    })
    const { changes: _, ...unasked } = worktree()
    expect(item(row({ worktree: unasked })).worktree?.changes).toBeNull()
  })
})

describe('default_branch', () => {
  const nothing = { ahead: null, behind: null, diff: null, orphan: null, integration: null, merge_conflicts: null }
  const open = comparison({ lines: 'pending', integration: 'pending', conflicts: 'pending' })
  it.each([
    ['not told', 'pending', nothing],
    [
      'apart',
      comparison({ ahead: 1, behind: 2 }),
      { ahead: 1, behind: 2, diff: { added: 0, deleted: 0 }, orphan: false, merge_conflicts: false },
    ],
    ['integrated', comparison({ integration: 'patch_id_match' }), { integration: { reason: 'patch_id_match' } }],
    ['half told', open, { ahead: 0, diff: null, integration: null, merge_conflicts: null }],
    ['an orphan', comparison({ orphan: true }), { orphan: true }],
  ] as const)('%s', (_what, cells, shown) => {
    expect(item(row({ comparison: cells })).default_branch).toMatchObject(shown)
  })

  it('is absent where it does not apply, as is integration', () => {
    expect(item(row())).not.toHaveProperty('default_branch')
    expect(item(row({ comparison: comparison() })).default_branch).not.toHaveProperty('integration')
  })
})

describe('the rest', () => {
  it.each([
    ['no upstream', row(), 'upstream', undefined],
    ['an upstream to come', row({ upstream: 'pending' }), 'upstream', null],
    [
      'an upstream',
      row({ upstream: upstream(1, 2) }),
      'upstream',
      { remote: 'origin', branch: 'x', ahead: 1, behind: 2 },
    ],
    ['a detached row', row({ branch: undefined }), 'branch', null],
    ['a remote row', branchRow({ kind: 'remote', remote: 'origin', branch: 'x' }), 'remote', 'origin'],
    ['the bare branch of a remote row', branchRow({ kind: 'remote', remote: 'origin', branch: 'x' }), 'branch', 'x'],
    ['no variables', row({ vars: {} }), 'vars', undefined],
    ['variables', row({ vars: { ticket: 'AB-1' } }), 'vars', { ticket: 'AB-1' }],
    ['a marker', row({ marker: '🔥 hot' }), 'marker', '🔥 hot'],
    ['no marker', row(), 'marker', undefined],
    ['no state yet', row({ state: 'pending' }), 'display', { statusline: 'feature' }],
    ['a state', row({ state: 'ahead' }), 'display', { state: 'ahead', symbols: '↑', statusline: 'feature  ↑' }],
  ] as const)('%s', (_what, shown, field, value) => {
    expect(item(shown)[field]).toEqual(value)
    expect(Object.hasOwn(item(shown), field)).toBe(value !== undefined)
  })

  it('keeps the whole branch, and colours only where asked', () => {
    expect(item(row({ branch: 'x'.repeat(99) })).branch).toHaveLength(99)
    const coloured = toListJson(result([row({ state: 'ahead' })]), { style: makeStyle(true) }).items[0]
    expect(coloured?.display).toEqual({ state: 'ahead', symbols: '↑', statusline: 'feature  \x1b[2m↑\x1b[22m' })
  })
})
