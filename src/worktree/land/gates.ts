import type { StageMode } from '../../core/config.ts'
import type { ObjectId } from '../../core/ids.ts'
import { assertClear, finishKilledSync } from '../../git/landing/advance.ts'
import { readTreeChanges, type TreeChange } from '../../git/landing/tree-changes.ts'
import { readStatus } from '../../git/status.ts'
import { type Landing, refused } from './landing.ts'
import { holderOf, refuseDiverged, refuseHolder, type WorkState } from './plan.ts'
import type { Span } from './span.ts'
import type { BranchTarget } from './target.ts'

/** What is not committed yet and will land too, as changes to come. What a whole untracked directory holds is not asked. */
export const pendingPaths = ({ staged, unstaged, untracked }: WorkState, mode: StageMode): readonly TreeChange[] => {
  const known = [...staged, ...(mode === 'none' ? [] : unstaged)]
  const fresh = mode === 'all' ? untracked.filter((path) => !path.endsWith('/')) : []
  const change = (kind: TreeChange['kind']) => (path: string) => ({ path, kind, to: '', submodule: false })
  return [...known.map(change('modified')), ...fresh.map(change('added'))]
}

interface GateFacts {
  readonly span: Span
  readonly head: ObjectId
  readonly lookOnly: boolean
  readonly pending: readonly TreeChange[]
}

/**
 * Whether the target can take the work, as far as that can be told before anything is done: it has not gone another way
 * than its upstream, and its worktree is there and at rest. Uncommitted work that the landing would run into is found
 * now, not after the branch has been squashed. Throws CHANGES_IN_WAY.
 */
export const refuseUnfitTarget = async (
  landing: Landing,
  target: BranchTarget,
  { span, head, lookOnly, pending }: GateFacts,
): Promise<ReturnType<typeof refused> | undefined> => {
  const { look, ports, context, source } = landing
  const { upstream } = span
  const holder = holderOf(look.worktrees, target.branch)
  const refusal = refuseDiverged(target.name, upstream) ?? refuseHolder(holder)
  if (refusal !== undefined) return refused(refusal)
  if (upstream !== undefined && !upstream.forkIsLocal) {
    ports.say({ kind: 'behind-upstream', branch: target.name, upstream: upstream.name })
  }
  if (holder === undefined || holder.gitDir === source.gitDir) return undefined
  const place = { path: holder.path, gitDir: holder.gitDir }
  const followed = !lookOnly && (await finishKilledSync(context, place))
  if (followed) ports.say({ kind: 'files-followed', path: holder.path })
  const base = span.local.mergeBase
  if (base === undefined) return undefined
  const { git } = look.repository
  const status = await readStatus(git, holder.path)
  if (status.entries.length === 0) return undefined
  const [own, all] = await Promise.all([readTreeChanges(git, base, head), readTreeChanges(git, target.oid, head)])
  // What the target has already done itself does not come in again.
  const coming = new Set(all.map(({ path }) => path))
  const known = own.filter(({ path }) => coming.has(path))
  assertClear(target.name, place, status, [...known, ...pending])
  return undefined
}
