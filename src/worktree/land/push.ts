import type { Relation } from '../../core/facts.ts'
import { type ObjectId, shortRefName } from '../../core/ids.ts'
import { buildCommit, signsCommits } from '../../git/landing/build-commits.ts'
import { readRange } from '../../git/landing/range.ts'
import { carryOut, type Landing, refused, type Stage } from './landing.ts'
import { holderOf, named, premiseOf, refuse, refuseDetached, refuseHolder, refuseUnborn } from './plan.ts'
import type { PushOutcome } from './result.ts'
import { measureSpan } from './span.ts'
import type { BranchTarget } from './target.ts'

export interface PushOptions {
  /** No merge commit where none is needed. */
  readonly ff: boolean
  /** Begins the reflog messages. */
  readonly by: 'wt merge' | 'wt step push'
  /** How HEAD stands to the target, if it is known. */
  readonly relation?: Relation | undefined
}

/** The refusal that names what the target has and the work has not. */
export const refuseBehind = async (
  { look, source }: Landing,
  target: BranchTarget,
  head: ObjectId,
): Promise<ReturnType<typeof refused>> => {
  const { commits } = await readRange(look.repository.git, head, target.oid)
  const subjects = commits.map(({ oid, subject }) => `${oid.slice(0, 7)} ${subject}`).reverse()
  const message = `${target.name} has commits that ${source.branch ?? 'HEAD'} does not have: ${named(subjects)}`
  return refused(refuse('NOT_FAST_FORWARD', message, `lay the work on top of them: wt step rebase ${target.name}`))
}

const mergeCommit = async (landing: Landing, target: BranchTarget, head: ObjectId): Promise<ObjectId> => {
  const { look, source, context } = landing
  return await buildCommit(context.writer, {
    worktree: source.path,
    tree: `${head}^{tree}`,
    parents: [target.oid, head],
    message: `Merge branch '${source.branch}' into ${target.branch}\n`,
    signed: await signsCommits(look.repository.git, source.path),
  })
}

/** Says so when the branch is not where it was left: its files may be of either commit. */
const tellIfMoved = ({ look, ports }: Landing, target: BranchTarget, to: ObjectId, path: string | undefined): void => {
  if (look.refs.tip(target.branch) === to) return
  const check = path === undefined ? `git log ${shortRefName(target.ref)}` : `git -C ${path} status`
  ports.say({ kind: 'warning', text: `${target.name} was moved again meanwhile; to check: ${check}` })
}

/**
 * Moves the target to the work, by a fast-forward or a merge commit, and the files of its worktree with it. Nothing is
 * fetched and nothing leaves the repository. Throws REF_MOVED, CHANGES_IN_WAY, SYNC_FAILED, GIT_FAILED.
 */
export const pushWork = async (
  landing: Landing,
  target: BranchTarget,
  { ff, by, relation: known }: PushOptions,
): Promise<Stage<PushOutcome>> => {
  const { look, source, ports } = landing
  const { head } = source
  const holder = holderOf(look.worktrees, target.branch)
  const unfit = refuseUnborn(source) ?? refuseHolder(holder) ?? (ff ? undefined : refuseDetached(source))
  if (unfit !== undefined) return refused(unfit)
  if (head === undefined) throw new TypeError('a push without a commit was let through')
  const { ahead, behind: missing } = known ?? (await measureSpan(look, target, head)).local
  if (missing > 0) return await refuseBehind(landing, target, head)
  const done = (outcome: PushOutcome, next: Landing): Stage<PushOutcome> => {
    ports.say({ kind: 'pushed', ...outcome })
    return { kind: 'done', outcome, landing: next }
  }
  const counted = { target: target.branch, commits: ahead }
  if (ahead === 0) return done({ outcome: 'up_to_date', ...counted }, landing)
  const to = ff ? head : await mergeCommit(landing, target, head)
  const premise = premiseOf(source)
  const next = await carryOut(landing, [
    {
      kind: 'advance',
      ref: target.ref,
      expected: target.oid,
      to,
      ...(premise !== undefined && { source: premise }),
      reason: `${by}: ${ff ? 'fast-forward' : 'no-ff'}`,
      ...(holder !== undefined && { worktree: { path: holder.path, gitDir: holder.gitDir } }),
    },
  ])
  tellIfMoved(next, target, to, holder?.path)
  if (ff) return done({ outcome: 'fast_forwarded', ...counted }, next)
  return done({ outcome: 'merge_commit', mergeCommit: to, ...counted }, next)
}
