import type { ObjectId } from '../../core/ids.ts'
import { assertClear, finishKilledSync } from '../../git/landing/advance.ts'
import { readTreeChanges } from '../../git/landing/tree-changes.ts'
import type { Landing, refused } from './landing.ts'
import { refused as refusedBy } from './landing.ts'
import { holderOf, refuseDiverged, refuseHolder } from './plan.ts'
import type { Span } from './span.ts'
import type { BranchTarget } from './target.ts'

/**
 * Whether the target can take the work, as far as that can be told before anything is done: it has not gone another way
 * than its upstream, and its worktree is there and at rest. Uncommitted work that the landing would run into is found
 * now, not after the branch has been squashed. Throws CHANGES_IN_WAY.
 */
export const refuseUnfitTarget = async (
  landing: Landing,
  target: BranchTarget,
  { span, head, lookOnly }: { readonly span: Span; readonly head: ObjectId; readonly lookOnly: boolean },
): Promise<ReturnType<typeof refused> | undefined> => {
  const { look, ports, context, source } = landing
  const { upstream } = span
  const holder = holderOf(look.worktrees, target.branch)
  const refusal = refuseDiverged(target.name, upstream) ?? refuseHolder(holder)
  if (refusal !== undefined) return refusedBy(refusal)
  if (upstream !== undefined && !upstream.forkIsLocal) {
    ports.say({ kind: 'behind-upstream', branch: target.name, upstream: upstream.name })
  }
  if (holder === undefined || holder.gitDir === source.gitDir) return undefined
  const place = { path: holder.path, gitDir: holder.gitDir }
  const followed = !lookOnly && (await finishKilledSync(context, place))
  if (followed) ports.say({ kind: 'files-followed', path: holder.path })
  const base = span.local.mergeBase
  if (base === undefined || span.local.ahead === 0) return undefined
  const { git } = look.repository
  const [own, all] = await Promise.all([readTreeChanges(git, base, head), readTreeChanges(git, target.oid, head)])
  // What the target has already done itself does not come in again.
  const coming = new Set(all.map(({ path }) => path))
  await assertClear(
    git,
    target.name,
    place,
    own.filter(({ path }) => coming.has(path)),
  )
  return undefined
}
