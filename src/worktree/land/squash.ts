import type { StageMode } from '../../core/config.ts'
import { WtError } from '../../core/errors.ts'
import type { Relation } from '../../core/facts.ts'
import { type BranchName, branchRef, type ObjectId, type RefName } from '../../core/ids.ts'
import type { Effect, RefEdit } from '../../core/plan.ts'
import { buildCommit, writeIndexTree } from '../../git/landing/build-commits.ts'
import { type BuiltSquash, buildSquash } from '../../git/landing/build-squash.ts'
import { type CommitRange, readRange } from '../../git/landing/range.ts'
import { indexText } from '../../git/landing/worktree-edits.ts'
import { captureRefs } from '../../git/refs.ts'
import { commitStaged } from './commit.ts'
import { carryOut, type Landing, refused, type Stage } from './landing.ts'
import { makeMessage } from './message/make.ts'
import { backupRef, refuse, refuseUnborn, squashKind, type WorkState } from './plan.ts'
import type { SquashOutcome, SquashSkip } from './result.ts'
import { measureSpan, type Span } from './span.ts'
import { stageWork } from './stage.ts'
import type { LandTarget } from './target.ts'
import { indexOf } from './work-state.ts'

/** A squash, with how the work stands to what it was measured from afterwards. */
export interface Squashed {
  readonly result: SquashOutcome
  readonly span: Span
  /** There are no merge commits among the work's own for certain. */
  readonly flat: boolean
}

interface Work {
  readonly branch: BranchName
  readonly head: ObjectId
  readonly base: ObjectId
  readonly span: Span
  readonly staged: readonly string[]
}

const BACKUPS = ['refs/wt-backup', 'refs/wt-backup-flat']

/** Keeps the index as a commit on top of the old tip, whatever comes: no commit of the branch holds it yet. */
const backUp = async (landing: Landing, work: Work, tree: ObjectId): Promise<Landing> => {
  const { look, source, context, ports } = landing
  const { git, id } = look.repository
  const message = `wt: ${work.branch} before its commits became one\n`
  const [there, commit] = await Promise.all([
    captureRefs(git, id, BACKUPS),
    buildCommit(context.writer, { worktree: source.path, tree, parents: [work.head], message, signed: false }),
  ])
  const names: RefName[] = [...there.entries()].map(({ name }) => name)
  const ref = backupRef(work.branch, names)
  const before = there.resolve(ref)
  const edit: RefEdit =
    before === undefined ? { kind: 'create', ref, to: commit } : { kind: 'update', ref, expected: before, to: commit }
  const reason = `${work.branch} → ${work.span.from.name} (squash)`
  const next = await carryOut(landing, [{ kind: 'edit-refs', edits: [edit], reason, logged: true }])
  ports.say({ kind: 'backed-up', ref, commit })
  return next
}

const treeOf = (range: CommitRange, commit: ObjectId): ObjectId | undefined => range.trees.get(commit)

/** The one edit that makes it so: the branch goes from where it was judged to the new commit. */
const moveBranch = ({ branch, head }: Work, to: ObjectId, reason: string): Effect => ({
  kind: 'edit-refs',
  edits: [
    { kind: 'update', ref: branchRef(branch), expected: head, to },
    { kind: 'note', ref: 'ORIG_HEAD' as RefName, to: head },
  ],
  reason,
})

const skipped = (landing: Landing, work: Pick<Work, 'span'>, why: SquashSkip, relation: Relation): Stage<Squashed> => {
  const target = work.span.from.name
  landing.ports.say({ kind: 'not-squashed', why, target })
  const span = { ...work.span, relation }
  return { kind: 'done', landing, outcome: { result: { outcome: why, target }, span, flat: relation.ahead === 0 } }
}

const adopt = (landing: Landing, seen: string, built: BuiltSquash): Effect => ({
  kind: 'adopt-index',
  index: indexOf(landing.source),
  seen,
  replacement: built.index,
})

const squash = async (landing: Landing, work: Work): Promise<Stage<Squashed>> => {
  const { look, source, context, ports } = landing
  const { git, layout, settings } = look.repository
  const { branch, head, base, span, staged } = work
  const range = await readRange(git, span.from.oid, head)
  const { commits } = range
  const headTree = treeOf(range, head)
  if (headTree === undefined) throw new WtError('GIT_FAILED', `the history of ${branch} could not be read`)
  const tree = staged.length === 0 ? headTree : await writeIndexTree(context.writer, source.path)
  const kept = staged.length === 0 ? landing : await backUp(landing, work, tree)
  const alone: Relation = { ...span.relation, ahead: 1 }
  if (tree === treeOf(range, base)) {
    const reason = 'wt squash: no net changes'
    const next = await carryOut(kept, [moveBranch(work, base, reason)])
    return skipped(next, work, 'no_net_changes', { ...alone, ahead: 0 })
  }
  const message = await makeMessage(landing, { base, staged, squash: { target: span.from.name, commits } })
  const reftable = settings.get('extensions.refstorage') === 'reftable'
  const place = { commonDir: layout.commonDir, worktree: source.path, gitDir: source.gitDir }
  const seen = indexText(indexOf(source))
  const built = await buildSquash(context.writer, { ...place, base, message, reftable })
  try {
    const reason = `wt squash: ${message.split('\n', 1)[0]}`
    const index = built.tree === tree ? [] : [adopt(landing, seen, built)]
    const next = await carryOut(kept, [...index, moveBranch(work, built.commit, reason)])
    ports.say({ kind: 'squashed', commits: commits.length, commit: built.commit, message })
    ports.hooks.after('post-commit', next)
    const result = { outcome: 'squashed', commit: built.commit, message } as const
    return { kind: 'done', landing: next, outcome: { result, span: { ...span, relation: alone }, flat: true } }
  } finally {
    built.close()
  }
}

/** Nothing becomes one commit here, so `post-commit`, which tells of that, does not run. */
const commitOnly = async (landing: Landing, work: Work): Promise<Stage<Squashed>> => {
  const { outcome, landing: next } = await commitStaged(landing, work.staged, { quiet: true })
  const span = { ...work.span, relation: { ...work.span.relation, ahead: 1 } }
  return { kind: 'done', landing: next, outcome: { result: { outcome: 'squashed', ...outcome }, span, flat: true } }
}

/**
 * Makes one commit of a branch's own commits and of what is staged. The branch moves last, from the tip that was judged:
 * whatever fails before leaves branch, index and files as they were.
 */
export const squashWork = async (
  landing: Landing,
  target: LandTarget,
  mode: StageMode,
  seen?: WorkState,
): Promise<Stage<Squashed>> => {
  const ready = await stageWork(landing, { mode, gates: 'on-branch', hooksWithout: true, seen })
  if (ready.kind === 'refused') return ready
  const { source, look } = ready.landing
  const { head, branch } = source
  const unborn = refuseUnborn(source)
  if (unborn !== undefined) return refused(unborn)
  if (head === undefined || branch === undefined) throw new TypeError('a squash without a branch was let through')
  const span = await measureSpan(look, target, head)
  const { mergeBase, ahead } = span.relation
  if (mergeBase === undefined) {
    const message = `${branch} and ${span.from.name} have no commit in common`
    return refused(refuse('NO_COMMON_ANCESTOR', message, 'name another target'))
  }
  const { staged } = ready.state
  const work = { branch, head, base: mergeBase, span, staged }
  const kind = squashKind(ahead, staged.length > 0)
  switch (kind) {
    case 'commit':
      return await commitOnly(ready.landing, work)
    case 'squash':
      return await squash(ready.landing, work)
    case 'no_commits_ahead':
    case 'already_single_commit':
      return skipped(ready.landing, work, kind, span.relation)
  }
}
