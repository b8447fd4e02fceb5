import { WtError } from '../../core/errors.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { Plan } from '../../core/plan.ts'
import { type ApplyContext, applyAll, type PlanOutcome } from '../../git/apply.ts'
import type { GitReader } from '../../git/git.ts'
import { readRegistry } from '../../git/registry.ts'
import { isAnythingWaiting } from '../../git/trash/drain.ts'
import { emptyTrash } from '../../git/trash/empty.ts'
import type { Progress } from '../../git/trash/settle.ts'
import type { Staged } from '../../git/trash/stage.ts'
import { startDrain } from '../../git/trash/start-drain.ts'
import { captureWorktrees } from '../../git/worktrees.ts'
import { openWriter } from '../../git/writer.ts'
import type { HandOff } from '../../host/hand-off.ts'
import { shellPlace } from '../landing.ts'
import { type Look, type LookPorts, lookAt } from '../look.ts'
import { isLeft, placeAfter, putPlaceholder, tellShell } from './leave.ts'
import { keptIn } from './kept.ts'
import { outcomeFor, plannedOutcome, unmetOutcome, withKept } from './outcomes.ts'
import { reapIn } from './reap.ts'
import type { RemovalOutcome, RemoveResult } from './result.ts'
import { outcomeOf, settleBranches, type Undecided } from './settle-branches.ts'
import { planSteps, type RemovalOptions, type Seen, type Step } from './steps.ts'
import { findTargets, type Target } from './targets.ts'

export interface RemovePorts extends LookPorts {
  /** The command line, for the journal. */
  readonly command: readonly string[]
  readonly handOff: HandOff
  /** The words that start this program again; undefined where it can't start itself. */
  readonly program: readonly string[] | undefined
  /** Called now and then while files are deleted. */
  readonly progress: Progress
}

export interface RemoveOptions {
  /** Branches, paths, shortcuts; none means the worktree at hand. */
  readonly targets: readonly string[]
  readonly force: boolean
  readonly forceDelete: boolean
  /** Undefined: as configured. */
  readonly deleteBranch: boolean | undefined
  /** Come back when the files are gone. */
  readonly foreground: boolean
  /** End processes that work in the worktrees. */
  readonly reap: boolean
  /** Plan only. */
  readonly dryRun: boolean
}

type Doable = Step & { readonly kind: 'worktree' | 'branch' }

const isDoable = (step: Step): step is Doable => step.kind === 'worktree' || step.kind === 'branch'

const planOf = (step: Doable): Plan => (step.kind === 'worktree' ? step.plan.plan : step.plan)

const branchOf = ({ target }: Doable): BranchName | undefined =>
  target.kind === 'worktree' ? target.worktree.branch : target.branch

const contextOf = ({ env, now, command }: RemovePorts, { repository, refs }: Look): ApplyContext => {
  const { git, id: repo, layout, settings } = repository
  const { commonDir } = layout
  const worktreesNow: ApplyContext['worktreesNow'] = () =>
    captureWorktrees(readRegistry(layout, settings), refs, settings, git)
  const writer = openWriter(git.cwd, env)
  return { reader: git, writer, repo, env, commonDir, now: () => new Date(now()), command, worktreesNow }
}

interface Carried {
  readonly outcomes: readonly RemovalOutcome[]
  readonly staged: readonly Staged[]
  readonly warnings: readonly string[]
}

const stagedIn = ({ reports }: PlanOutcome): readonly Staged[] => reports.flatMap(({ staged }) => staged ?? [])

/** A branch stays undecided when all before its turn was done and its deletion then failed. */
const undecidedIn = (step: Doable, { reports, failure }: PlanOutcome): readonly Undecided[] => {
  const branch = branchOf(step)
  const came = step.kind === 'branch' || reports.some(({ removed }) => removed !== undefined)
  return branch === undefined || failure === undefined || !came ? [] : [{ branch, error: failure.error }]
}

/** Carries out steps between which nothing of the user's runs; one that fails does not stop the others. */
const carryOut = async (
  context: ApplyContext,
  look: Look,
  steps: readonly Doable[],
  judging: { readonly options: RemovalOptions; readonly seen: Seen; readonly home: AbsolutePath | undefined },
): Promise<Carried> => {
  if (steps.length === 0) return { outcomes: [], staged: [], warnings: [] }
  const applied = await applyAll(context, look.refs, steps.map(planOf))
  const all = steps.map((step, at) => ({ step, done: applied.outcomes[at] as PlanOutcome }))
  const open = all.flatMap(({ step, done }) => undecidedIn(step, done))
  const settled = await settleBranches(context, look, open, judging)
  const staged = applied.outcomes.flatMap(stagedIn)
  const about = { removed: new Set(staged.map(({ from }) => from)), home: judging.home }
  return {
    staged,
    warnings: [...applied.warnings, ...settled.warnings],
    outcomes: all.map(({ step, done }) => {
      const branch = branchOf(step)
      const later = branch === undefined ? undefined : settled.outcomes.get(branch)
      const decision = step.kind === 'worktree' ? step.plan.decision : step.decision
      return outcomeFor(look, step, done, later ?? outcomeOf(decision), about)
    }),
  }
}

/** git runs where it may stay: not in the worktree that is removed. */
const outOf = (look: Look, targets: readonly Target[]): Look => {
  const { current, primary, repository } = look
  const goes = (worktree: Worktree | undefined): boolean =>
    targets.some((target) => target.kind === 'worktree' && target.worktree === worktree)
  if (current === undefined || !goes(current)) return look
  const { git, layout } = repository
  const cwd = primary === undefined || goes(primary) || primary.broken !== undefined ? layout.commonDir : primary.path
  const read: GitReader['read'] = (args, options) => git.read(args, { cwd, ...options })
  return { ...look, repository: { ...repository, git: { ...git, cwd, read } } }
}

const disagreement = (): WtError =>
  new WtError('FLAGS_DISAGREE', '-D deletes the branch, and the branch is to be kept', {
    hint: 'leave -D out, or pass --delete-branch where the configuration has remove.delete-branch = false',
  })

/** Deletes what waits in the trash, here or in a process of its own. */
const dispose = async (
  ports: RemovePorts,
  look: Look,
  { staged, foreground, shellIn }: { staged: readonly Staged[]; foreground: boolean; shellIn: AbsolutePath | undefined },
): Promise<void> => {
  const { env, now, program, progress } = ports
  const { commonDir } = look.repository.layout
  if (staged.length === 0 && !isAnythingWaiting(commonDir)) return
  const placeholders = foreground || shellIn === undefined ? [] : putPlaceholder(shellIn)
  const started = !foreground && startDrain({ commonDir, env, program, placeholders })
  if (!started) await emptyTrash(commonDir, staged, { now, progress })
}

/**
 * Removes worktrees and branches: looks at all of them first, then goes on with those that may go. One that fails does
 * not keep the others. Throws what `lookAt` throws, and FLAGS_DISAGREE.
 */
export const runRemove = async (ports: RemovePorts, options: RemoveOptions): Promise<RemoveResult> => {
  const { dryRun, force, forceDelete, foreground } = options
  const first = await lookAt(ports, { lookOnly: dryRun })
  const deleteBranch = options.deleteBranch ?? first.config.remove.deleteBranch
  if (forceDelete && !deleteBranch) throw disagreement()
  const { targets, failures } = findTargets(first, options.targets, ports)
  const look = outOf(first, targets)
  const seen: Seen = (branch) => look.refs.tip(branch)
  const removal: RemovalOptions = { deleteBranch, forceDelete, force, limit: look.config.remove.keep }
  const steps = await planSteps(look, targets, removal, { seen, confirm: targets.length > 1 })
  const failed: RemovalOutcome[] = failures.map((error) => ({ kind: 'failed', error }))
  const refused = steps.flatMap((step) => (isDoable(step) ? [] : [unmetOutcome(step)]))
  const doable = steps.filter(isDoable)
  const unmet = [...failed, ...refused]
  const warnings = [...look.warnings]
  if (dryRun || doable.length === 0) {
    const outcomes = [...unmet, ...(dryRun ? doable.map(plannedOutcome) : [])]
    return { outcomes, landing: undefined, reaped: undefined, warnings }
  }
  const shell = shellPlace(ports.env)
  const left = doable.find((step) => step.kind === 'worktree' && isLeft(look, step.target.worktree, shell))
  const leaving = left?.kind === 'worktree' ? left.target.worktree : undefined
  const landing = leaving && placeAfter(look, leaving, shell)
  // Here hooks are approved; then, before each worktree, pre-remove runs, and the step is planned anew.
  const reaped = options.reap ? await reapIn(doable) : undefined
  const carried = await carryOut(contextOf(ports, look), look, doable, { options: removal, seen, home: ports.home })
  const gone = carried.staged.some(({ from }) => from === leaving?.path)
  const told = tellShell(ports.handOff, gone ? landing : undefined)
  const foreseen = foreground ? [] : keptIn(carried.staged)
  await dispose(ports, look, { staged: carried.staged, foreground, shellIn: gone ? leaving?.path : undefined })
  const kept = foreground ? keptIn(carried.staged) : foreseen
  // Here post-remove runs, and post-switch where the shell goes somewhere else.
  return {
    outcomes: [...unmet, ...carried.outcomes.map((outcome) => withKept(outcome, kept)), ...told.failures],
    landing: told.landing,
    reaped,
    warnings: [...warnings, ...carried.warnings],
  }
}
