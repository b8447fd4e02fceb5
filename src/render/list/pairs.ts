import type { LineCounts } from '../../core/facts.ts'
import type { Cell, ListRow } from '../../worktree/list/result.ts'
import type { Pair, PairLook } from './pair.ts'

/** Lines added and deleted. */
export const LINES: PairLook = {
  left: '+',
  right: '-',
  paintLeft: (style) => style.green,
  paintRight: (style) => style.red,
}

/** Commits ahead of and behind the default branch. */
export const COMMITS: PairLook = {
  left: '↑',
  right: '↓',
  paintLeft: (style) => style.green,
  paintRight: (style) => (text) => style.dim(style.red(text)),
}

/** Commits ahead of and behind the upstream. */
export const UPSTREAM: PairLook = {
  left: '⇡',
  right: '⇣',
  even: '|',
  paintLeft: (style) => style.green,
  paintRight: (style) => (text) => style.dim(style.red(text)),
}

const linesPair = (lines: Cell<LineCounts>): Cell<Pair> =>
  lines === 'pending' ? lines : { left: lines.added, right: lines.deleted }

/** Lines of the working tree against HEAD. */
export const workingLines = ({ worktree }: ListRow): Cell<Pair | undefined> => {
  const changes = worktree?.changes
  return changes === undefined || changes === 'pending' ? changes : linesPair(changes.lines)
}

/** Lines of the branch since it left the default branch. */
export const branchLines = ({ comparison }: ListRow): Cell<Pair | undefined> => {
  if (comparison === undefined || comparison === 'pending') return comparison
  return comparison.orphan ? undefined : linesPair(comparison.lines)
}

/** Commits against the default branch; an orphan shares none to count from. */
export const commitCounts = ({ comparison }: ListRow): Cell<Pair | undefined> => {
  if (comparison === undefined || comparison === 'pending') return comparison
  return comparison.orphan ? undefined : { left: comparison.ahead, right: comparison.behind }
}

/** Commits against the upstream. */
export const upstreamCounts = ({ upstream }: ListRow): Cell<Pair | undefined> =>
  upstream === undefined || upstream === 'pending' ? upstream : { left: upstream.ahead, right: upstream.behind }
