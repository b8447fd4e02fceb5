import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import { type ApplyContext, apply } from '../../git/apply.ts'
import type { Environment } from '../../git/environment.ts'
import { captureRefs } from '../../git/refs.ts'
import { openRepository, type Repository } from '../../git/repository.ts'
import { openWriter } from '../../git/writer.ts'
import { gatherForRemoval } from './gather.ts'
import { type BranchRemovalFacts, planBranchRemoval } from './plan.ts'
import type { BranchOutcome, RemoveResult } from './result.ts'

export interface RemovePorts {
  readonly env: Environment
  readonly cwd: AbsolutePath
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The command line, for the journal. */
  readonly command: readonly string[]
}

export interface RemoveOptions {
  readonly branches: readonly BranchName[]
  /** Delete without proof that the work is elsewhere. */
  readonly force: boolean
  /** Plan only. */
  readonly dryRun: boolean
}

const proofIn = (basis: RefSnapshot, facts: BranchRemovalFacts, branch: BranchName) => {
  const head = basis.tip(branch)
  const { judgedBy, integrations } = facts
  if (head === undefined || judgedBy === undefined) return undefined
  const verdict = integrations.get({ base: judgedBy.oid, head })
  return verdict?.kind === 'integrated' ? { ref: judgedBy.ref, reason: verdict.reason } : undefined
}

interface Step {
  readonly outcome: BranchOutcome
  /** The refs as they are after it: the next branch is judged by these. */
  readonly after: RefSnapshot
  readonly warnings: readonly string[]
}

interface Run {
  readonly repository: Repository
  readonly context: ApplyContext
  readonly env: Environment
  readonly options: RemoveOptions
}

const removeOne = async (run: Run, basis: RefSnapshot, branch: BranchName): Promise<Step> => {
  const { force, dryRun } = run.options
  const facts = await gatherForRemoval(run.repository, { basis, branch }, { env: run.env, lookOnly: dryRun })
  const plan = planBranchRemoval(basis, facts, { branch, force })
  const unchanged = { after: basis, warnings: [] }
  if (plan.kind === 'refusal') return { outcome: { kind: 'refused', branch, refusal: plan }, ...unchanged }
  if (dryRun) return { outcome: { kind: 'planned', branch, plan }, ...unchanged }
  const was = basis.tip(branch)
  const { after, warnings } = await apply(run.context, plan)
  if (was === undefined) throw new TypeError('a plan to delete a branch that the snapshot does not have')
  return { outcome: { kind: 'deleted', branch, was, proof: proofIn(basis, facts, branch) }, after, warnings }
}

/**
 * Deletes branches that have no worktree and whose work is elsewhere, one after the other, each judged by the refs that
 * the one before left behind. One that fails does not keep the others from being tried.
 */
export const runRemove = async (ports: RemovePorts, options: RemoveOptions): Promise<RemoveResult> => {
  const { env, cwd, now, command } = ports
  const repository = await openRepository(cwd, env)
  const { git, id: repo, layout } = repository
  const writer = openWriter(git.cwd, env)
  const context = { reader: git, writer, repo, commonDir: layout.commonDir, now: () => new Date(now()), command }
  const run = { repository, context, env, options }
  const outcomes: BranchOutcome[] = []
  const warnings: string[] = []
  let basis = await captureRefs(git, repo)
  for (const branch of new Set(options.branches)) {
    try {
      const step = await removeOne(run, basis, branch)
      outcomes.push(step.outcome)
      warnings.push(...step.warnings)
      basis = step.after
    } catch (error) {
      outcomes.push({ kind: 'failed', branch, error })
      basis = await captureRefs(git, repo)
    }
  }
  return { outcomes, warnings }
}
