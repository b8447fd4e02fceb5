import { WtError } from '../../core/errors.ts'
import { Interrupted } from '../../core/interrupted.ts'
import { readRange } from '../../git/landing/range.ts'
import { carryOut, type Landing, lookOnce, refused, type Stage } from './landing.ts'
import { refuse, refuseUnborn } from './plan.ts'
import type { RebaseOutcome } from './result.ts'
import { measureSpan, type Span } from './span.ts'
import type { LandTarget } from './target.ts'

/** What is known already of the work that is to be rebased, as long as HEAD has not moved. */
export interface KnownWork {
  readonly span: Span
  readonly flat: boolean
}

/** Whether the work has merge commits of its own, which a rebase lays flat. */
export const hasMerges = async ({ look, source }: Landing, span: Span): Promise<boolean> => {
  if (span.relation.ahead === 0 || source.head === undefined) return false
  const { commits } = await readRange(look.repository.git, span.from.oid, source.head)
  return commits.some(({ parents }) => parents.length > 1)
}

/** Whether git has stopped in the middle, and left the rebase for the user to end. */
const stopped = async (landing: Landing, error: unknown): Promise<unknown> => {
  const interrupted = error instanceof Interrupted
  if (!interrupted && !(error instanceof WtError)) return error
  const { source } = await lookOnce(landing)
  if (source.operation !== 'rebase') return error
  if (interrupted) {
    landing.ports.say({ kind: 'rebase-open', path: source.path })
    return error
  }
  const end = 'resolve the conflicts, then: git add, git rebase --continue; or to go back: git rebase --abort'
  return new WtError('REBASE_STOPPED', `the rebase has stopped in ${source.path}`, { hint: end, cause: error.cause })
}

/**
 * Lays the work on its target, or on the target's upstream where it builds on more of that. A conflict leaves the rebase
 * open. Throws REBASE_STOPPED, and GIT_FAILED for what git refuses, such as uncommitted changes.
 */
export const rebaseWork = async (
  landing: Landing,
  target: LandTarget,
  known?: KnownWork,
): Promise<Stage<RebaseOutcome>> => {
  const { look, source, ports } = landing
  const unborn = refuseUnborn(source)
  if (unborn !== undefined) return refused(unborn)
  const { head } = source
  if (head === undefined) throw new TypeError('a rebase without a commit was let through')
  const span = known?.span ?? (await measureSpan(look, target, head))
  const { from, relation } = span
  if (relation.mergeBase === undefined) {
    const name = source.branch ?? 'HEAD'
    return refused(
      refuse('NO_COMMON_ANCESTOR', `${name} and ${from.name} have no commit in common`, 'name another target'),
    )
  }
  const done = (outcome: RebaseOutcome['outcome'], next: Landing): Stage<RebaseOutcome> => {
    ports.say({ kind: 'rebased', outcome, target: from.name })
    return { kind: 'done', outcome: { outcome, target: from.name }, landing: next }
  }
  const based = relation.mergeBase === from.oid
  if (based && (known?.flat === true || !(await hasMerges(landing, span)))) return done('up_to_date', landing)
  try {
    const next = await carryOut(landing, [{ kind: 'rebase', worktree: source.path, onto: from.oid }])
    return done(relation.ahead === 0 ? 'fast_forwarded' : 'rebased', next)
  } catch (error) {
    throw await stopped(landing, error)
  }
}
