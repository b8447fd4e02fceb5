import type { CommitHeader } from '../../core/facts.ts'
import type { ObjectId } from '../../core/ids.ts'
import type { ListBasis } from './board.ts'
import type { Subject } from './subjects.ts'

const rankOf = (basis: ListBasis, subject: Subject): number => {
  if (subject.kind === 'remote') return 4
  if (subject.kind === 'branch') return 3
  return subject.worktree === basis.current ? 0 : subject.worktree === basis.primary ? 1 : 2
}

/** Current worktree, primary worktree, other worktrees, branches, remote branches; the newest commit first in each. */
export const inOrder = (basis: ListBasis, headers: ReadonlyMap<ObjectId, CommitHeader>): readonly Subject[] => {
  const keyed = basis.subjects.map((subject, at) => ({
    subject,
    at,
    rank: rankOf(basis, subject),
    date: (subject.head && headers.get(subject.head)?.committedAt) ?? Number.NEGATIVE_INFINITY,
  }))
  // Unequal dates first: the difference of two infinities is not a number.
  keyed.sort((a, b) => a.rank - b.rank || (a.date === b.date ? a.at - b.at : b.date > a.date ? 1 : -1))
  return keyed.map(({ subject }) => subject)
}
