import type { ListRow } from '../../worktree/list/result.ts'

/** A row without what must not be shown of it: where the worktree is gone or its registration broken, only that counts. */
export const shownRow = (row: ListRow): ListRow => {
  if (row.worktree?.prunable === undefined && row.worktree?.broken === undefined) return row
  const { changes: _changes, operation: _operation, ...worktree } = row.worktree
  const { commit: _commit, comparison: _comparison, upstream: _upstream, state: _state, ...rest } = row
  return { ...rest, worktree }
}
