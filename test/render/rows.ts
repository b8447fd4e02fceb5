import type { AbsolutePath, BranchName, ObjectId } from '../../src/core/ids.ts'
import type { Changes, Comparison, ListResult, ListRow, WorktreeCells } from '../../src/worktree/list/result.ts'

/** Saturday, 2026-08-22 12:00 UTC, in seconds. */
export const NOW = 1_787_400_000

export const oid = (digit: string): ObjectId => digit.repeat(40).slice(0, 40) as ObjectId

export const path = (text: string): AbsolutePath => text as AbsolutePath

const CLEAN: Changes = {
  clean: true,
  staged: false,
  modified: false,
  untracked: false,
  renamed: false,
  deleted: false,
  conflicted: false,
  lines: { added: 0, deleted: 0 },
}

export const changes = (some: Partial<Changes> = {}): Changes => ({
  ...CLEAN,
  clean: Object.keys(some).length === 0,
  ...some,
})

export const worktree = (some: Partial<WorktreeCells> = {}): WorktreeCells => ({
  path: path('/home/ann/code/shop.feature'),
  primary: false,
  current: false,
  previous: false,
  detached: false,
  mismatched: false,
  duplicate: false,
  changes: changes(),
  ...some,
})

export const comparison = (some: Partial<Comparison> = {}): Comparison => ({
  ahead: 0,
  behind: 0,
  orphan: false,
  lines: { added: 0, deleted: 0 },
  integration: undefined,
  conflicts: false,
  ...some,
})

export const upstream = (ahead: number, behind: number) => ({ remote: 'origin', branch: 'x', ahead, behind })

export const commit = (subject = 'Add a thing', committedAt = NOW - 3600, id = 'a') => ({
  tree: oid('0'),
  committedAt,
  subject,
  abbreviated: id.repeat(7).slice(0, 7),
})

export const row = (some: Partial<ListRow> = {}): ListRow => ({
  kind: 'worktree',
  branch: 'feature',
  head: oid('a'),
  commit: commit(),
  worktree: worktree(),
  ...some,
})

/** A row for a branch that has no worktree. */
export const branchRow = (some: Partial<ListRow> = {}): ListRow => {
  const { worktree: _, ...rest } = row()
  return { ...rest, kind: 'branch', ...some }
}

export const result = (rows: readonly ListRow[], some: Partial<ListResult> = {}): ListResult => ({
  defaultBranch: 'main' as BranchName,
  hasRemote: true,
  root: path('/home/ann/code/shop'),
  home: path('/home/ann'),
  rows,
  columns: undefined,
  warnings: [],
  timedOut: 0,
  now: NOW * 1000,
  elapsed: 1000,
  ...some,
})

/** A list as people have it: one of everything. */
export const ordinaryRows = (): readonly ListRow[] => [
  row({
    branch: 'checkout-redesign',
    head: oid('b'),
    commit: commit('Ask for the postcode before the street', NOW - 240, 'b'),
    worktree: worktree({
      path: path('/home/ann/code/shop.checkout-redesign'),
      current: true,
      changes: changes({ staged: true, modified: true, untracked: true, lines: { added: 128, deleted: 9 } }),
    }),
    comparison: comparison({ ahead: 3, behind: 12, lines: { added: 402, deleted: 57 } }),
    upstream: upstream(1, 0),
    state: 'diverged',
    marker: '🔥',
  }),
  row({
    branch: 'main',
    head: oid('c'),
    commit: commit('Merge branch cart-totals', NOW - 7200, 'c'),
    worktree: worktree({ path: path('/home/ann/code/shop'), primary: true }),
    upstream: upstream(0, 0),
    state: 'is_main',
  }),
  row({
    branch: 'search/suggestions-with-a-name-that-goes-on',
    head: oid('d'),
    commit: commit('検索候補を速くする', NOW - 86_400 * 2, 'd'),
    worktree: worktree({ path: path('/home/ann/code/shop.search-suggestions') }),
    comparison: comparison({ ahead: 1, lines: { added: 12_345, deleted: 0 }, conflicts: true }),
    state: 'would_conflict',
  }),
  row({
    branch: undefined,
    head: oid('e'),
    commit: commit('Release 4.2', NOW - 86_400 * 40, 'e'),
    worktree: worktree({ path: path('/home/ann/try'), detached: true }),
    comparison: comparison({ behind: 31, integration: 'ancestor' }),
    state: 'integrated',
  }),
  row({
    branch: 'hotfix',
    head: oid('f'),
    commit: 'pending',
    worktree: worktree({ path: path('/home/ann/code/shop.hotfix'), operation: 'rebase', changes: 'pending' }),
    comparison: 'pending',
    state: 'pending',
  }),
  row({
    branch: 'usb',
    head: oid('1'),
    worktree: worktree({ path: path('/media/usb/shop'), locked: { reason: 'on a stick' }, mismatched: true }),
    comparison: comparison({ integration: 'same_commit' }),
    state: 'empty',
  }),
  row({
    branch: 'old-idea',
    head: oid('2'),
    worktree: worktree({ path: path('/home/ann/code/shop.old-idea'), prunable: { reason: 'gitdir points nowhere' } }),
  }),
  branchRow({
    branch: 'spike',
    head: oid('3'),
    commit: commit('Try another queue', NOW - 86_400 * 700, '3'),
    comparison: comparison({ ahead: 2, lines: { added: 7, deleted: 1 } }),
    state: 'ahead',
  }),
  branchRow({
    kind: 'remote',
    branch: 'docs',
    remote: 'origin',
    head: oid('4'),
    commit: commit('Explain the returns policy', NOW - 600_000, '4'),
    comparison: comparison({ orphan: true }),
    state: 'orphan',
  }),
]
