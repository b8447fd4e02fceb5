import { WtError } from '../../core/errors.ts'
import { type AbsolutePath, type ObjectId, shortRefName } from '../../core/ids.ts'
import type { Advance, RefEdit } from '../../core/plan.ts'
import { editRefs, type WritableRepo } from '../edit-refs.ts'
import { withLock } from '../lock.ts'
import { captureRefs } from '../refs.ts'
import { readStatus, type WorktreeStatus } from '../status.ts'
import type { GitWriter } from '../writer.ts'
import { findObstacles, type Obstacles } from './obstacles.ts'
import { dropPendingSync, notePendingSync, pendingSync } from './pending-sync.ts'
import { keepCopies, moveFiles, refreshIndex, restoreFiles } from './sync-worktree.ts'
import { readTreeChanges, type TreeChange } from './tree-changes.ts'

export interface AdvanceContext extends WritableRepo {
  readonly commonDir: AbsolutePath
}

type Place = NonNullable<Advance['worktree']>

/** Those who move a branch that is checked out take turns: each then sees files that have followed the one before. */
const LOCK = 'landing'

const MOST_NAMED = 10

/** The refusal that names what is in the way. */
const inTheWay = (ref: string, { path }: Place, blocking: readonly string[]): WtError => {
  const rest = blocking.length - MOST_NAMED
  const named = [...blocking.slice(0, MOST_NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ')
  return new WtError('CHANGES_IN_WAY', `uncommitted work in the worktree of ${ref} is in the way: ${named}`, {
    hint: `commit it, or put it elsewhere, in ${path}; then run the command again`,
  })
}

/** Throws CHANGES_IN_WAY when what comes in would touch uncommitted work in the worktree, as its status tells it. */
export const assertClear = (
  ref: string,
  place: Place,
  { entries }: WorktreeStatus,
  changes: readonly TreeChange[],
): Obstacles => {
  const obstacles = findObstacles(place.path, entries, changes)
  if (obstacles.blocking.length > 0) throw inTheWay(ref, place, obstacles.blocking)
  return obstacles
}

/** A file that was only touched stops git until it has looked at it once more; it stops before it has changed anything. */
const follow = async (writer: GitWriter, { path }: Place, from: ObjectId, to: ObjectId): Promise<void> => {
  try {
    await moveFiles(writer, path, from, to)
  } catch (error) {
    if (!(error instanceof WtError)) throw error
    await refreshIndex(writer, path)
    await moveFiles(writer, path, from, to)
  }
}

const finishPending = async ({ reader, writer, repo, commonDir }: AdvanceContext, place: Place): Promise<boolean> => {
  const pending = pendingSync(commonDir, place.gitDir)
  if (pending === undefined) return false
  const now = await captureRefs(reader, repo, [pending.ref])
  let followed = false
  if (now.resolve(pending.ref) === pending.to) {
    try {
      await follow(writer, place, pending.from, pending.to)
      followed = true
    } catch (error) {
      // Somebody has worked there since. What is in the way is named by the check that comes next.
      if (!(error instanceof WtError)) throw error
    }
  }
  dropPendingSync(commonDir, place.gitDir)
  return followed
}

/** Brings files up to date that a run which was killed has left behind its branch. Answers whether there were any. */
export const finishKilledSync = async (context: AdvanceContext, place: Place): Promise<boolean> =>
  pendingSync(context.commonDir, place.gitDir) !== undefined &&
  (await withLock(context.commonDir, LOCK, () => finishPending(context, place)))

const editsOf = ({ ref, expected, to, source }: Advance): readonly RefEdit[] => [
  ...(source === undefined ? [] : [{ kind: 'verify', ...source } as const]),
  { kind: 'update', ref, expected, to },
]

const rollBack = async (
  context: AdvanceContext,
  { ref, expected, to, worktree }: Advance,
  changes: readonly TreeChange[],
  cause: unknown,
): Promise<WtError> => {
  const reason = 'wt: rollback (worktree sync failed)'
  const branch = shortRefName(ref)
  const path = worktree?.path ?? ''
  try {
    await editRefs(context, [{ kind: 'update', ref, expected: to, to: expected }], reason)
    if (worktree !== undefined) await restoreFiles(context.writer, worktree.path, changes)
  } catch (error) {
    if (!(error instanceof WtError)) throw error
    return new WtError('SYNC_FAILED', `${branch} has moved, but its files at ${path} could not follow`, {
      hint: `look at them with: git -C ${path} status`,
      cause,
    })
  }
  return new WtError('SYNC_FAILED', `the files at ${path} could not follow ${branch}, so it was put back`, {
    hint: 'do what git asks for, then run the command again',
    cause,
  })
}

const keep = (context: AdvanceContext, place: Place, ignored: readonly string[]): readonly string[] => {
  if (ignored.length === 0) return []
  try {
    const kept = keepCopies(context.commonDir, place.path, ignored)
    const many = ignored.length === 1 ? (ignored[0] as string) : `${ignored.length} files`
    return [`ignored, and overwritten in ${place.path}: ${many}; kept in ${kept}`]
  } catch (error) {
    throw new WtError('SYNC_FAILED', `ignored files at ${place.path} would be overwritten and can’t be kept`, {
      cause: error,
    })
  }
}

const advanceWithFiles = async (context: AdvanceContext, effect: Advance, place: Place): Promise<readonly string[]> => {
  const { reader, writer, commonDir } = context
  const { ref, expected, to } = effect
  await finishPending(context, place)
  const [changes, status] = await Promise.all([readTreeChanges(reader, expected, to), readStatus(reader, place.path)])
  const { ignored } = assertClear(shortRefName(ref), place, status, changes)
  const warnings = keep(context, place, ignored)
  notePendingSync(commonDir, place.gitDir, { ref, from: expected, to })
  try {
    await editRefs(context, editsOf(effect), effect.reason)
    try {
      await follow(writer, place, expected, to)
    } catch (cause) {
      throw await rollBack(context, effect, changes, cause)
    }
  } finally {
    dropPendingSync(commonDir, place.gitDir)
  }
  return warnings
}

/**
 * Moves a branch by compare-and-swap and has its worktree follow, or leaves both where they were. Answers what the user
 * should know besides. Throws REF_MOVED, CHANGES_IN_WAY, SYNC_FAILED, LOCK_HELD, GIT_FAILED.
 */
export const advance = async (context: AdvanceContext, effect: Advance): Promise<readonly string[]> => {
  const { worktree } = effect
  if (worktree !== undefined) {
    return await withLock(context.commonDir, LOCK, () => advanceWithFiles(context, effect, worktree))
  }
  await editRefs(context, editsOf(effect), effect.reason)
  return []
}
