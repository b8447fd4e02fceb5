import type { Relation } from '../../core/facts.ts'
import type { BranchName } from '../../core/ids.ts'
import { askForMerge } from './ask.ts'
import { commitStaged } from './commit.ts'
import { startingHooks } from './consent.ts'
import type { LeavePorts } from './finish/leave.ts'
import { finish } from './finish/run.ts'
import { pendingPaths, refuseUnfitTarget } from './gates.ts'
import { isElsewhere, type Landing, type LandPorts, lookOnce, openLanding, refused, type Stage } from './landing.ts'
import { type MergeMode, type MergeOptions, mergeModeOf } from './merge-mode.ts'
import {
  refuse,
  refuseDetached,
  refuseDirty,
  refuseOperation,
  refuseUnborn,
  refuseUnmerged,
  type WorkState,
} from './plan.ts'
import { previewMerge } from './preview-merge.ts'
import { pushWork } from './push.ts'
import { type KnownWork, rebaseWork } from './rebase.ts'
import type { Landed, MergeOutcome } from './result.ts'
import { measureSpan, type Span } from './span.ts'
import { squashWork } from './squash.ts'
import { stageWork } from './stage.ts'
import { type BranchTarget, findBranchTarget } from './target.ts'
import { readWorkState } from './work-state.ts'

interface Checked {
  readonly kind: 'checked'
  readonly target: BranchTarget
  readonly span: Span
  readonly state: WorkState
}

/** Everything that can be refused before anything is done, in the order in which it is to be told. */
const check = async (
  landing: Landing,
  { target: token, dryRun }: MergeOptions,
  mode: MergeMode,
): Promise<Checked | ReturnType<typeof refused>> => {
  const { source, look } = landing
  const busy = refuseOperation(source)
  if (busy !== undefined) return refused(busy)
  const state = await readWorkState(landing)
  const unready = refuseUnmerged(state) ?? refuseDetached(source) ?? (mode.commit ? undefined : refuseDirty(state))
  if (unready !== undefined) return refused(unready)
  const found = findBranchTarget(landing, token)
  if (found.kind === 'refused') return found
  const unborn = refuseUnborn(source)
  if (unborn !== undefined) return refused(unborn)
  const { head } = source
  if (head === undefined) throw new TypeError('a merge of an unborn branch was let through')
  const span = await measureSpan(look, found.target, head)
  const unfit = await refuseUnfitTarget(landing, found.target, {
    ...{ span, head, lookOnly: dryRun },
    pending: mode.commit ? pendingPaths(state, mode.stage) : [],
  })
  return unfit ?? { kind: 'checked', target: found.target, span, state }
}

interface Prepared {
  readonly committed: boolean
  readonly squashed: boolean
  readonly known: KnownWork | undefined
}

/** One commit, or as many as there are and one more for what is not committed yet, or what there is. */
const prepare = async (landing: Landing, { target, state }: Checked, mode: MergeMode): Promise<Stage<Prepared>> => {
  const none = { committed: false, squashed: false, known: undefined }
  if (mode.squash) {
    const stage = await squashWork(landing, target, mode.stage, state)
    if (stage.kind === 'refused') return stage
    const { result, ...known } = stage.outcome
    return { ...stage, outcome: { committed: false, squashed: result.outcome === 'squashed', known } }
  }
  if (!mode.commit) return { kind: 'done', landing, outcome: none }
  const ready = await stageWork(landing, { mode: mode.stage, gates: 'on-branch', hooksWithout: false, seen: state })
  if (ready.kind === 'refused') return ready
  if (ready.state.staged.length === 0) return { kind: 'done', landing: ready.landing, outcome: none }
  const stage = await commitStaged(ready.landing, ready.state.staged)
  return { kind: 'done', landing: stage.landing, outcome: { ...none, committed: true } }
}

interface Laid {
  readonly rebased: boolean
  /** How HEAD stands to the target, where that is certain. */
  readonly relation: Relation | undefined
}

const lay = async (
  landing: Landing,
  target: BranchTarget,
  mode: MergeMode,
  known: KnownWork | undefined,
): Promise<Stage<Laid>> => {
  const certain = known !== undefined && known.span.from.oid === target.oid ? known.span.relation : undefined
  if (mode.rebase) {
    const stage = await rebaseWork(landing, target, known)
    if (stage.kind === 'refused') return stage
    const stayed = stage.outcome.outcome === 'up_to_date'
    const relation = stayed && certain !== undefined ? { ...certain, behind: 0 } : undefined
    return { ...stage, outcome: { rebased: !stayed, relation } }
  }
  const { head } = landing.source
  const { local } = head === undefined ? { local: certain } : await measureSpan(landing.look, target, head)
  if (local?.behind === 0) return { kind: 'done', landing, outcome: { rebased: false, relation: local } }
  const message = `${landing.source.branch ?? 'HEAD'} is not on top of ${target.name}`
  return refused(refuse('NOT_REBASED', message, `leave --no-rebase out, or: git rebase ${target.name}`))
}

/** The hooks that may stop the landing; what they did to refs and worktrees is looked up. */
const beforeLanding = async (landing: Landing): Promise<Stage<boolean>> => {
  const ran = await landing.ports.hooks.before('pre-merge', landing)
  if (!ran) return { kind: 'done', landing, outcome: false }
  const next = await lookOnce(landing)
  const refusal = refuseOperation(next.source) ?? refuseDetached(next.source)
  return refusal === undefined ? { kind: 'done', landing: next, outcome: true } : refused(refusal)
}

const mergeFrom = async (
  landing: Landing,
  branch: BranchName,
  { mode, leaving, ...checked }: Checked & { readonly mode: MergeMode; readonly leaving: LeavePorts },
): Promise<Landed<MergeOutcome>> => {
  const { target } = checked
  const prepared = await prepare(landing, checked, mode)
  if (prepared.kind === 'refused') return prepared
  const { committed, squashed, known } = prepared.outcome
  const laid = await lay(prepared.landing, target, mode, known)
  if (laid.kind === 'refused') return laid
  const ready = await beforeLanding(laid.landing)
  if (ready.kind === 'refused') return ready
  const relation = ready.outcome ? undefined : laid.outcome.relation
  // A branch that lands on itself has moved with the commit that was just made.
  const moved = ready.outcome || target.branch === branch
  const now = moved ? ready.landing.look.refs.tip(target.branch) : target.oid
  // The target as the last look saw it: one that a hook has moved is measured, and refused, as it is.
  const fresh = now === undefined ? target : { ...target, oid: now }
  const pushed = await pushWork(ready.landing, fresh, { ff: mode.ff, by: 'wt merge', relation })
  if (pushed.kind === 'refused') return pushed
  const finished = await finish(pushed.landing, target, { remove: mode.remove, leaving })
  if (finished.kind === 'refused') return finished
  const { removed } = finished
  const outcome = { branch, target: target.branch, committed, squashed, rebased: laid.outcome.rebased, removed }
  return { kind: 'done', outcome }
}

export type MergePorts = LandPorts & LeavePorts

/**
 * Lands the branch of a worktree on its target: stage, hooks, stage again, commit or squash, rebase, hooks, advance the
 * target, clean up, hooks. Each stage is planned from what the one before has left. Never fetches, never stashes.
 */
export const runMerge = async (ports: MergePorts, options: MergeOptions): Promise<Landed<MergeOutcome>> => {
  const opened = await openLanding(ports, options.branch, { lookOnly: options.dryRun })
  if (opened.kind === 'refused') return opened
  const { landing } = opened
  const mode = mergeModeOf(landing, options)
  const tellWhere = (): void => {
    if (isElsewhere(landing)) ports.say({ kind: 'source', path: landing.source.path })
  }
  try {
    const checked = await check(landing, options, mode)
    const { branch } = landing.source
    if (checked.kind === 'refused' || branch === undefined) {
      tellWhere()
      if (checked.kind !== 'refused') throw new TypeError('a merge without a branch was let through')
      return checked
    }
    if (options.dryRun) return await previewMerge(landing, branch, { ...checked, mode })
    const own = await askForMerge(landing, checked, mode)
    const landed = await startingHooks(own, () => mergeFrom(own, branch, { ...checked, mode, leaving: ports }))
    if (landed.kind === 'refused') tellWhere()
    return landed
  } catch (error) {
    tellWhere()
    throw error
  }
}
