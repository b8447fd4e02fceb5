import type { Pair, Relation } from '../../core/facts.ts'
import type { ObjectId } from '../../core/ids.ts'
import { splitRemoteRef } from '../../core/ids.ts'
import type { Integration, IntegrationReason } from '../../core/integration.ts'
import { type Board, branchNameOf, isCompared, upstreamOf } from './board.ts'
import { changesOf } from './changes.ts'
import { notesOf } from './notes.ts'
import { inOrder } from './order.ts'
import { promptPlaceOf } from './prompt-place.ts'
import type { Cell, Changes, Comparison, ListResult, ListRow, UpstreamCells, WorktreeCells } from './result.ts'
import { stateOf } from './state.ts'
import type { Subject } from './subjects.ts'

const SAME: Omit<Relation, 'mergeBase'> = { ahead: 0, behind: 0 }

/** How a pair stands, once relations have come in. A commit is on a level with itself. */
const relationOf = (board: Board, pair: Pair): Cell<Relation> =>
  pair.base === pair.head ? { ...SAME, mergeBase: pair.base } : (board.relations?.get(pair) ?? 'pending')

const reasonIn = (verdict: Integration | undefined): Cell<IntegrationReason | undefined> =>
  verdict === undefined || verdict.kind === 'unknown'
    ? 'pending'
    : verdict.kind === 'integrated'
      ? verdict.reason
      : undefined

/** Integrated in any target will do; it takes all of them to say that it is in none. */
const integrationOf = (board: Board, head: ObjectId): Cell<IntegrationReason | undefined> => {
  const reasons = (board.targets ?? []).map(({ oid }) => reasonIn(board.verdicts?.get({ base: oid, head })))
  const found = reasons.find((reason) => reason !== undefined && reason !== 'pending')
  return found ?? (reasons.includes('pending') ? 'pending' : undefined)
}

const conflictsOf = (board: Board, subject: Subject, pair: Pair): Cell<boolean> => {
  const own = subject.kind === 'worktree' ? board.uncommitted.get(subject.worktree) : undefined
  if (own !== undefined) return own
  const verdict = board.verdicts?.get(pair)
  if (verdict === undefined || verdict.kind === 'unknown') return 'pending'
  // A squash is looked for only after a merge has conflicted.
  // Unrelated histories do not merge at all.
  return verdict.kind === 'integrated' ? verdict.reason === 'patch_id_match' : verdict.conflicts || verdict.orphan
}

const comparisonOf = (board: Board, subject: Subject): Cell<Comparison> | undefined => {
  const { head } = subject
  if (head === undefined || !isCompared(board.basis, subject)) return undefined
  const base = board.targets?.[0]?.oid
  if (base === undefined) return board.targets === undefined ? 'pending' : undefined
  const relation = relationOf(board, { base, head })
  if (relation === 'pending') return 'pending'
  const { ahead, behind, mergeBase } = relation
  const still = mergeBase === undefined || mergeBase === head
  return {
    ahead,
    behind,
    orphan: mergeBase === undefined,
    lines: still ? { added: 0, deleted: 0 } : (board.counts?.get({ base: mergeBase, head }) ?? 'pending'),
    integration: integrationOf(board, head),
    conflicts: conflictsOf(board, subject, { base, head }),
  }
}

/**
 * The word for a row of the default branch that is not the primary worktree: on a level with the base, or behind it where
 * the base is its upstream. Nothing else is asked about such rows.
 */
const ownStanding = (board: Board, subject: Subject): Comparison | undefined => {
  const { head } = subject
  const base = board.targets?.[0]?.oid
  if (head === undefined || base === undefined || branchNameOf(subject) !== board.basis.defaultBranch) return undefined
  const relation = relationOf(board, { base, head })
  if (relation === 'pending' || relation.ahead > 0) return undefined
  const { behind } = relation
  const integration = behind > 0 ? 'ancestor' : undefined
  return { ahead: 0, behind, orphan: false, lines: { added: 0, deleted: 0 }, integration, conflicts: false }
}

const upstreamCells = (board: Board, subject: Subject): Cell<UpstreamCells> | undefined => {
  const upstream = upstreamOf(board.basis.refs, subject)
  const parts = upstream === undefined ? undefined : splitRemoteRef(upstream.ref, board.basis.remoteNames)
  if (upstream === undefined || subject.head === undefined) return undefined
  const relation = relationOf(board, { base: upstream.oid, head: subject.head })
  if (relation === 'pending') return 'pending'
  const { ahead, behind } = relation
  // A local branch can be an upstream too; git calls that remote ".".
  return {
    remote: parts?.remote ?? '.',
    branch: parts?.branch ?? upstream.ref.replace(/^refs\/heads\//, ''),
    ahead,
    behind,
  }
}

const changesCell = (board: Board, subject: Subject & { readonly kind: 'worktree' }): Cell<Changes> | undefined => {
  const { worktree } = subject
  const registration = board.basis.repository.registrations.find(({ gitDir }) => gitDir === worktree.gitDir)
  if (registration?.present !== true || worktree.broken !== undefined) return undefined
  const status = board.statuses.get(worktree)
  return status === undefined ? 'pending' : changesOf(status.entries, board.lines.get(worktree) ?? 'pending')
}

const worktreeCells = (board: Board, subject: Subject & { readonly kind: 'worktree' }): WorktreeCells => {
  const { primary, current, previous, mismatched, snapshot } = board.basis
  const { worktree } = subject
  const { path, detached, branch, locked, prunable, broken, operation } = worktree
  const changes = changesCell(board, subject)
  const prompt = changes === undefined ? undefined : promptPlaceOf(board.basis, worktree)
  return {
    path,
    primary: worktree === primary,
    current: worktree === current,
    previous: worktree === previous,
    detached,
    mismatched: mismatched.has(worktree),
    duplicate:
      branch !== undefined && snapshot.worktrees.some((other) => other !== worktree && other.branch === branch),
    ...(locked && { locked }),
    ...(prunable && { prunable }),
    ...(broken !== undefined && { broken }),
    ...(operation && { operation }),
    ...(changes !== undefined && { changes }),
    ...(prompt !== undefined && { prompt }),
  }
}

const customOf = ({ basis: { custom } }: Board, subject: Subject): Pick<ListRow, 'custom'> => {
  const cells = custom.get(subject)
  return cells === undefined || Object.keys(cells).length === 0 ? {} : { custom: cells }
}

/** One row from what has come in so far. */
const rowOf = (board: Board, subject: Subject): ListRow => {
  const { head } = subject
  const worktree = subject.kind === 'worktree' ? worktreeCells(board, subject) : undefined
  const blank = worktree?.prunable !== undefined
  const comparison = blank ? undefined : comparisonOf(board, subject)
  const upstream = blank ? undefined : upstreamCells(board, subject)
  const state = blank
    ? undefined
    : stateOf({
        primary: worktree?.primary ?? false,
        comparison: comparison ?? ownStanding(board, subject),
        changes: worktree?.changes,
      })
  return {
    kind: subject.kind,
    branch: branchNameOf(subject),
    ...(subject.kind === 'remote' && { remote: subject.remote }),
    head,
    ...(head !== undefined && { commit: board.headers.get(head) ?? 'pending' }),
    ...(comparison !== undefined && { comparison }),
    ...(upstream !== undefined && { upstream }),
    ...(state !== undefined && { state }),
    ...(worktree !== undefined && { worktree }),
    ...notesOf(board.basis, subject),
    ...customOf(board, subject),
  }
}

/** Where paths are shown from, and when. */
interface Moment extends Pick<ListResult, 'root' | 'home' | 'now' | 'elapsed' | 'timedOut'> {}

/** The list as far as it is known. */
export const resultOf = (board: Board, moment: Moment): ListResult => ({
  ...moment,
  defaultBranch: board.basis.defaultBranch,
  hasRemote: board.basis.remoteNames.length > 0,
  rows: inOrder(board.basis, board.headers).map((subject) => rowOf(board, subject)),
  columns: board.basis.columns,
  customColumns: board.basis.customColumns,
  warnings: board.warnings,
})

const isOpen = (cell: unknown): boolean => cell === 'pending'

/** How many answers are still outstanding. */
export const openCells = (board: Board): number =>
  board.basis.subjects
    .map((subject) => rowOf(board, subject))
    .flatMap(({ commit, comparison, upstream, worktree }) => [
      commit,
      upstream,
      comparison,
      ...(comparison === undefined || comparison === 'pending'
        ? []
        : [comparison.lines, comparison.integration, comparison.conflicts]),
      worktree?.changes,
      ...(worktree?.changes === undefined || worktree.changes === 'pending' ? [] : [worktree.changes.lines]),
    ])
    .filter(isOpen).length
