import type { StageMode } from '../../core/config.ts'
import { commitWork } from './commit.ts'
import { startingHooks, withApproved, withPrograms } from './consent.ts'
import { isElsewhere, type Landing, type LandPorts, openLanding, refused, type Stage } from './landing.ts'
import {
  holderOf,
  refuseDetached,
  refuseHolder,
  refuseOperation,
  refusePromptInJson,
  refuseUnborn,
  refuseUnmerged,
} from './plan.ts'
import { previewCommit, previewSquash } from './preview.ts'
import { pushWork, refuseBehind } from './push.ts'
import { hasMerges, rebaseWork } from './rebase.ts'
import type { CommitOutcome, Landed, PushOutcome, RebaseOutcome, SquashOutcome } from './result.ts'
import { measureSpan } from './span.ts'
import { squashWork } from './squash.ts'
import { findBranchTarget, findCommitTarget } from './target.ts'
import { readWorkState } from './work-state.ts'

const COMMIT_HOOKS = ['pre-commit', 'post-commit'] as const

interface StepOptions {
  readonly dryRun: boolean
}

interface MessageStepOptions extends StepOptions {
  /** Undefined: as configured. */
  readonly stage: StageMode | undefined
  readonly promptOnly: boolean
  readonly json: boolean
  /** Whether hooks run. */
  readonly verify: boolean
}

const told = <T, U>(stage: Stage<T>, outcome: (value: T) => U): Landed<U> =>
  stage.kind === 'refused' ? stage : { kind: 'done', outcome: outcome(stage.outcome) }

const modeOf = ({ look }: Landing, stage: StageMode | undefined): StageMode => stage ?? look.config.commit.stage

export interface Committed extends CommitOutcome {
  readonly mode: StageMode
}

/** `wt step commit`: stages and commits in one worktree. */
export const runCommit = async (
  ports: LandPorts,
  { branch, stage, dryRun, promptOnly, json, verify }: MessageStepOptions & { readonly branch: string | undefined },
): Promise<Landed<Committed>> => {
  const wrong = refusePromptInJson(promptOnly, json)
  if (wrong !== undefined) return refused(wrong)
  const lookOnly = dryRun || promptOnly
  const opened = await openLanding(ports, branch, { lookOnly })
  if (opened.kind === 'refused') return opened
  const { landing } = opened
  const mode = modeOf(landing, stage)
  try {
    if (lookOnly) return await previewCommit(await withApproved(landing), { mode, promptOnly })
    const own = await withPrograms(landing, { verify, commits: true, kinds: COMMIT_HOOKS, target: undefined })
    return await startingHooks(own, async () => told(await commitWork(own, mode), (outcome) => ({ ...outcome, mode })))
  } catch (error) {
    if (isElsewhere(landing)) ports.say({ kind: 'source', path: landing.source.path })
    throw error
  }
}

export type SquashedStep = SquashOutcome & { readonly mode: StageMode }

/** `wt step squash`: one commit of the branch's own commits and what is not committed yet. */
export const runSquash = async (
  ports: LandPorts,
  { target, stage, dryRun, promptOnly, json, verify }: MessageStepOptions & { readonly target: string | undefined },
): Promise<Landed<SquashedStep>> => {
  const wrong = refusePromptInJson(promptOnly, json)
  if (wrong !== undefined) return refused(wrong)
  const lookOnly = dryRun || promptOnly
  const opened = await openLanding(ports, undefined, { lookOnly })
  if (opened.kind === 'refused') return opened
  const { landing } = opened
  const busy = refuseOperation(landing.source)
  if (busy !== undefined) return refused(busy)
  const unready = refuseUnmerged(await readWorkState(landing)) ?? refuseDetached(landing.source)
  if (unready !== undefined) return refused(unready)
  const found = await findCommitTarget(landing, target)
  if (found.kind === 'refused') return found
  const mode = modeOf(landing, stage)
  if (lookOnly) return await previewSquash(await withApproved(landing), found.target, { mode, promptOnly })
  const named = found.target.branch ?? found.target.name
  const own = await withPrograms(landing, { verify, commits: true, kinds: COMMIT_HOOKS, target: named })
  return await startingHooks(own, async () =>
    told(await squashWork(own, found.target, mode), ({ result }) => ({ ...result, mode })),
  )
}

/** `wt step rebase`: lays the work on its target. */
export const runRebase = async (
  ports: LandPorts,
  { target, dryRun }: StepOptions & { readonly target: string | undefined },
): Promise<Landed<RebaseOutcome>> => {
  const opened = await openLanding(ports, undefined, { lookOnly: dryRun })
  if (opened.kind === 'refused') return opened
  const { landing } = opened
  const busy = refuseOperation(landing.source)
  if (busy !== undefined) return refused(busy)
  const found = await findCommitTarget(landing, target)
  if (found.kind === 'refused') return found
  if (!dryRun) return told(await rebaseWork(landing, found.target), (outcome) => outcome)
  const { head, branch } = landing.source
  const unborn = refuseUnborn(landing.source)
  if (unborn !== undefined) return refused(unborn)
  if (head === undefined) throw new TypeError('a rebase of an unborn branch was let through')
  const span = await measureSpan(landing.look, found.target, head)
  const { from, relation } = span
  const based = relation.mergeBase === from.oid && !(await hasMerges(landing, span))
  const steps = based ? [] : [{ kind: 'rebase', branch, onto: from.oid } as const]
  return { kind: 'preview', steps }
}

/** `wt step push`: moves the target to the work, without leaving the repository. */
export const runPush = async (
  ports: LandPorts,
  { target, ff, dryRun }: StepOptions & { readonly target: string | undefined; readonly ff: boolean },
): Promise<Landed<PushOutcome>> => {
  const opened = await openLanding(ports, undefined, { lookOnly: dryRun })
  if (opened.kind === 'refused') return opened
  const { landing } = opened
  const { source, look } = landing
  const busy = refuseOperation(source)
  if (busy !== undefined) return refused(busy)
  const found = findBranchTarget(landing, target)
  if (found.kind === 'refused') return found
  if (!dryRun) return told(await pushWork(landing, found.target, { ff, by: 'wt step push' }), (outcome) => outcome)
  const holder = holderOf(look.worktrees, found.target.branch)
  const unfit = refuseUnborn(source) ?? refuseHolder(holder) ?? (ff ? undefined : refuseDetached(source))
  if (unfit !== undefined || source.head === undefined) return refused(unfit as NonNullable<typeof unfit>)
  const { local } = await measureSpan(look, found.target, source.head)
  if (local.behind > 0) return await refuseBehind(landing, found.target, source.head)
  const { ref, oid: expected } = found.target
  const how = ff ? 'fast-forward' : 'merge-commit'
  const advance = { kind: 'advance', ref, expected, how, worktree: holder?.path } as const
  return { kind: 'preview', steps: local.ahead === 0 ? [] : [advance] }
}
