import type { ListRow } from '../../worktree/list/result.ts'
import { sanitize } from '../sanitize.ts'

/** Nothing on a screen shows more; what is cut here need not be looked through character by character. */
export const LONGEST = 1000

/** Text from outside, ready for a cell. */
export const cellText = (text: string): string => sanitize(text.length > LONGEST ? text.slice(0, LONGEST) : text)

/** The commit in a few digits; git's own abbreviation where it is known. */
export const shortHead = ({ commit, head }: ListRow): string | undefined =>
  commit === undefined || commit === 'pending' ? head?.slice(0, 7) : commit.abbreviated

/** What a row is called, as it came: branch with remote in front, else commit of a detached worktree, else folder. */
export const rowName = (row: ListRow): string => {
  if (row.branch !== undefined) return row.remote === undefined ? row.branch : `${row.remote}/${row.branch}`
  const folder = row.worktree?.path.split('/').at(-1) ?? ''
  return shortHead(row) ?? (folder === '' ? '?' : folder)
}
