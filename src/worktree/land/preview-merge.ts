import { join } from 'node:path'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import { decideFinish } from './finish/plan.ts'
import type { Landing } from './landing.ts'
import { refused } from './landing.ts'
import type { MergeMode } from './merge-mode.ts'
import { builtInCommit, builtInSquash } from './message/built-in.ts'
import { holderOf, refuse } from './plan.ts'
import { squashSteps, type TriedStaging, tryStaging } from './preview.ts'
import type { Landed, PlannedStep } from './result.ts'
import type { Span } from './span.ts'
import type { BranchTarget } from './target.ts'
import { nestedIn } from './work-state.ts'

interface Plan {
  readonly target: BranchTarget
  readonly span: Span
  readonly mode: MergeMode
}

/** A message is not asked for: the dry run of a merge runs no command of the user's. */
const commitSteps = async (
  landing: Landing,
  { span, mode }: Plan,
  tried: TriedStaging,
): Promise<readonly PlannedStep[]> => {
  const { staged } = tried.state
  const asked = landing.look.config.commit.generation.command !== undefined
  if (mode.squash) {
    const { request, steps } = await squashSteps(landing, span, tried)
    const squash = request?.squash
    const { branch } = landing.source
    const text = squash === undefined ? builtInCommit(staged) : builtInSquash(branch ?? '', squash.commits)
    return steps(asked ? undefined : text)
  }
  if (!mode.commit || staged.length === 0) return []
  const { branch } = landing.source
  return [...tried.steps, { kind: 'commit', branch, ...(!asked && { message: builtInCommit(staged) }) }]
}

const finishStep = ({ look, source }: Landing, branch: BranchName, { target, mode }: Plan): PlannedStep => {
  const [inside] = nestedIn(look, source)
  const nested = inside === undefined ? undefined : (join(source.path, inside) as AbsolutePath)
  const facts = { remove: mode.remove, source, primary: look.primary, target: target.branch, nested }
  const decision = decideFinish(facts)
  if (decision.kind === 'remove') return { kind: 'remove', worktree: source.path, branch }
  return { kind: 'keep', worktree: source.path, why: decision }
}

/** What a merge would do, from where things are now. */
export const previewMerge = (landing: Landing, branch: BranchName, plan: Plan): Promise<Landed<never>> =>
  tryStaging(landing, plan.mode.stage, async (tried): Promise<Landed<never>> => {
    const { source, look } = landing
    const { target, span, mode } = plan
    const commits = await commitSteps(landing, plan, tried)
    const based = span.relation.mergeBase === span.from.oid
    if (!mode.rebase && span.local.behind > 0) {
      return refused(refuse('NOT_REBASED', `${branch} is not on top of ${target.name}`, 'leave --no-rebase out'))
    }
    const rebase: PlannedStep[] = mode.rebase && !based ? [{ kind: 'rebase', branch, onto: span.from.oid }] : []
    const how = mode.ff ? 'fast-forward' : 'merge-commit'
    const worktree = holderOf(look.worktrees, target.branch)?.path
    const lands = span.local.ahead > 0 || commits.length > 0
    const advance: PlannedStep[] =
      lands && source.branch !== target.branch
        ? [{ kind: 'advance', ref: target.ref, expected: target.oid, how, worktree }]
        : []
    return { kind: 'preview', steps: [...commits, ...rebase, ...advance, finishStep(landing, branch, plan)] }
  })
