import type { ListResult, ListRow } from '../../worktree/list/result.ts'
import { shortCount } from './number.ts'

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

const isChanged = ({ worktree }: ListRow): boolean =>
  worktree?.changes !== undefined && worktree.changes !== 'pending' && !worktree.changes.clean

const isAhead = ({ comparison }: ListRow): boolean =>
  comparison !== undefined && comparison !== 'pending' && comparison.ahead > 0

/** How many rows there are of each kind: `3 worktrees, 1 branch`. */
const kindCounts = (rows: readonly ListRow[]): readonly string[] => {
  const count = (kind: ListRow['kind']): number => rows.filter((row) => row.kind === kind).length
  const [worktrees, branches, remotes] = [count('worktree'), count('branch'), count('remote')]
  return [
    worktrees > 0 ? counted(worktrees, 'worktree', 'worktrees') : '',
    branches > 0 ? counted(branches, 'branch', 'branches') : '',
    remotes > 0 ? counted(remotes, 'remote branch', 'remote branches') : '',
  ].filter((part) => part !== '')
}

/** What the table adds up to, what it had no room for, and what did not come in time. */
export const footerText = ({ rows, timedOut }: ListResult, hidden: readonly string[]): string => {
  const [changed, ahead] = [rows.filter(isChanged).length, rows.filter(isAhead).length]
  const parts = [
    ...kindCounts(rows),
    changed > 0 ? `${shortCount(changed)} with changes` : '',
    ahead > 0 ? `${shortCount(ahead)} ahead` : '',
    hidden.length > 0 ? `hidden: ${hidden.join(', ')}` : '',
  ].filter((part) => part !== '')
  const late = timedOut > 0 ? `; ${counted(timedOut, 'task', 'tasks')} timed out` : ''
  return parts.join(', ') + late
}

/** The footer while values still arrive. */
export const loadingText = ({ rows }: ListResult, shown: number): string => {
  const all = counted(rows.length, 'row', 'rows')
  return shown < rows.length ? `Filling in ${all}, the first ${shown} shown here` : `Filling in ${all}`
}
