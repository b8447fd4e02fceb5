import type { LineCounts } from '../../core/facts.ts'
import type { Cell, ListResult, ListRow, WorktreeCells } from '../../worktree/list/result.ts'
import { makeStyle, type Style } from '../style.ts'
import type { ListItem, ListJson, WorktreeJson } from './json-shape.ts'
import { shortHead } from './name.ts'
import { shownRow } from './shown-row.ts'
import { renderStatusline } from './statusline.ts'
import { rawSymbols } from './symbols.ts'

const known = <Value>(cell: Cell<Value>): Value | null => (cell === 'pending' ? null : cell)

const lineCounts = (cell: Cell<LineCounts>): LineCounts | null =>
  cell === 'pending' ? null : { added: cell.added, deleted: cell.deleted }

/** RFC 3339 knows the years 0 to 9999; a date outside can't be told. */
const timestamp = (seconds: number): string | null => {
  const date = new Date(seconds * 1000)
  const year = date.getUTCFullYear()
  return year >= 0 && year <= 9999 ? `${date.toISOString().slice(0, 19)}Z` : null
}

const headJson = (row: ListRow): ListItem['head'] => {
  if (row.head === undefined) return null
  const commit = row.commit === undefined || row.commit === 'pending' ? undefined : row.commit
  return {
    sha: row.head,
    short_sha: shortHead(row) ?? row.head,
    subject: commit?.subject.toWellFormed() ?? null,
    committed_at: commit === undefined ? null : timestamp(commit.committedAt),
  }
}

const reason = (text: string | undefined): { readonly reason: string | null } => ({
  reason: text === undefined || text === '' ? null : text.toWellFormed(),
})

const operationJson = (worktree: WorktreeCells): Pick<WorktreeJson, 'operation'> => {
  if (worktree.prunable !== undefined || worktree.broken !== undefined) return { operation: null }
  if (worktree.operation === undefined) return {}
  return { operation: worktree.operation === 'cherry-pick' ? 'cherry_pick' : worktree.operation }
}

const changesJson = ({ changes }: WorktreeCells): WorktreeJson['changes'] => {
  if (changes === undefined || changes === 'pending') return null
  const { staged, modified, untracked, renamed, deleted, conflicted, lines } = changes
  return { staged, modified, untracked, renamed, deleted, conflicted, diff: lineCounts(lines) }
}

const worktreeJson = (worktree: WorktreeCells): WorktreeJson => ({
  path: worktree.path.toWellFormed(),
  main: worktree.primary,
  current: worktree.current,
  previous: worktree.previous,
  detached: worktree.detached,
  ...(worktree.locked && { locked: reason(worktree.locked.reason) }),
  ...(worktree.prunable && { prunable: reason(worktree.prunable.reason) }),
  ...(worktree.broken !== undefined && { broken: reason(worktree.broken) }),
  branch_mismatch: worktree.mismatched && !worktree.detached,
  duplicate_branch: worktree.duplicate,
  ...operationJson(worktree),
  changes: changesJson(worktree),
})

const comparisonJson = (comparison: NonNullable<ListRow['comparison']>): NonNullable<ListItem['default_branch']> => {
  if (comparison === 'pending') {
    return { ahead: null, behind: null, diff: null, orphan: null, integration: null, merge_conflicts: null }
  }
  const { ahead, behind, lines, orphan, integration, conflicts } = comparison
  const verdict =
    integration === 'pending' ? { integration: null } : integration && { integration: { reason: integration } }
  // Without a common ancestor there is nothing that either could be ahead of.
  const counts = orphan ? { ahead: null, behind: null } : { ahead, behind }
  return { ...counts, diff: lineCounts(lines), orphan, ...verdict, merge_conflicts: known(conflicts) }
}

const upstreamJson = (upstream: NonNullable<ListRow['upstream']>): NonNullable<ListItem['upstream']> | null =>
  upstream === 'pending'
    ? null
    : {
        remote: upstream.remote.toWellFormed(),
        branch: upstream.branch.toWellFormed(),
        ahead: upstream.ahead,
        behind: upstream.behind,
      }

const wellFormed = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(texts).map(([key, value]) => [key.toWellFormed(), value.toWellFormed()]))

const varsJson = (vars: ListRow['vars']): Pick<ListItem, 'vars'> =>
  vars === undefined || Object.keys(vars).length === 0 ? {} : { vars: wellFormed(vars) }

const displayJson = (row: ListRow, style: Style): ListItem['display'] => {
  const symbols = rawSymbols(row).toWellFormed()
  const { state } = shownRow(row)
  return {
    ...(state !== undefined && state !== 'pending' && { state }),
    ...(symbols !== '' && { symbols }),
    statusline: renderStatusline(row, { style, width: undefined }),
    ...(row.custom !== undefined && { columns: wellFormed(row.custom) }),
  }
}

const itemJson = (row: ListRow, style: Style): ListItem => ({
  branch: row.branch?.toWellFormed() ?? null,
  ...(row.remote !== undefined && { remote: row.remote.toWellFormed() }),
  head: headJson(row),
  ...(row.worktree && { worktree: worktreeJson(row.worktree) }),
  ...(row.comparison && { default_branch: comparisonJson(row.comparison) }),
  ...(row.upstream && { upstream: upstreamJson(row.upstream) }),
  ...varsJson(row.vars),
  ...(row.marker !== undefined && { marker: row.marker.toWellFormed() }),
  display: displayJson(row, style),
})

/** The envelope of `wt list --format=json`. The style colours `display.statusline`, and nothing else. */
export const toListJson = (
  { defaultBranch, rows }: Pick<ListResult, 'defaultBranch' | 'rows'>,
  { style = makeStyle(false) }: { readonly style?: Style } = {},
): ListJson => ({
  schema: 2,
  repo: defaultBranch === undefined ? {} : { default_branch: defaultBranch.toWellFormed() },
  collected: { ci: false, summary: false },
  items: rows.map((row) => itemJson(row, style)),
})
