import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { GitReader } from '../../git/git.ts'
import { isAnythingWaiting } from '../../git/trash/drain.ts'
import { emptyTrash } from '../../git/trash/empty.ts'
import type { Progress } from '../../git/trash/settle.ts'
import type { Staged } from '../../git/trash/stage.ts'
import { startDrain } from '../../git/trash/start-drain.ts'
import { type HandOff, withoutDirectives } from '../../host/hand-off.ts'
import { shellPlace } from '../landing.ts'
import { type Look, type LookPorts, lookAt } from '../look.ts'
import { keptIn } from './kept.ts'
import { isLeft, placeAfter, putPlaceholder, takePlaceholders, tellShell } from './leave.ts'
import { plannedOutcome, unmetOutcome, withKept } from './outcomes.ts'
import { reapIn } from './reap.ts'
import type { RemovalOutcome, RemoveResult } from './result.ts'
import { isDoable, planSteps, type RemovalOptions, type Seen } from './steps.ts'
import { findTargets, type Target } from './targets.ts'
import { type BeforeRemoval, carryOutAll } from './turns.ts'

export interface RemovePorts extends LookPorts {
  /** The command line, for the journal. */
  readonly command: readonly string[]
  /** Where the process was started; undefined when that directory is gone. */
  readonly startedIn: AbsolutePath | undefined
  readonly handOff: HandOff
  /** The words that start this program again; undefined where it can't start itself. */
  readonly program: readonly string[] | undefined
  /** Called now and then while files are deleted. */
  readonly progress: Progress
  /** Where there is one, targets go one by one, and each is looked at anew after it. */
  readonly beforeRemoval?: BeforeRemoval
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

interface Disposal {
  readonly staged: readonly Staged[]
  readonly foreground: boolean
  /** The removed worktree that the shell stands in. */
  readonly shellIn: AbsolutePath | undefined
}

/** Deletes what waits in the trash, here or in a process of its own. */
const dispose = async (ports: RemovePorts, look: Look, { staged, foreground, shellIn }: Disposal): Promise<void> => {
  const { env, now, program, progress } = ports
  const { commonDir } = look.repository.layout
  if (staged.length === 0 && !isAnythingWaiting(commonDir)) return
  const placeholders = foreground || shellIn === undefined ? [] : putPlaceholder(shellIn)
  const started = !foreground && startDrain({ commonDir, env: withoutDirectives(env), program, placeholders })
  if (started) return
  takePlaceholders(placeholders)
  await emptyTrash(commonDir, staged, { now, progress })
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
  const doable = steps.filter(isDoable)
  const unmet: RemovalOutcome[] = [
    ...failures.map((error) => ({ kind: 'failed', error }) as const),
    ...steps.flatMap((step) => (isDoable(step) ? [] : [unmetOutcome(step)])),
  ]
  if (dryRun || doable.length === 0) {
    const outcomes = [...unmet, ...(dryRun ? doable.map(plannedOutcome) : [])]
    return { outcomes, landing: undefined, reaped: undefined, warnings: look.warnings }
  }
  const shell = shellPlace(ports.env, ports.startedIn)
  const left = doable.find((step) => step.kind === 'worktree' && isLeft(look, step.target.worktree, shell))
  const leaving = left?.kind === 'worktree' ? left.target.worktree : undefined
  const landing = leaving && placeAfter(look, leaving, shell)
  // Here hooks are approved; `beforeRemoval` is where pre-remove runs.
  const reaped = options.reap ? await reapIn(doable) : undefined
  const carried = await carryOutAll(ports, look, doable, { options: removal, seen })
  const gone = carried.staged.some(({ from }) => from === leaving?.path)
  // Before files are deleted: whoever interrupts that must not stand in a directory that is gone.
  const told = tellShell(ports.handOff, gone ? landing : undefined)
  // Once another process is at it, nothing can be counted any more.
  const foreseen = foreground || ports.program === undefined ? undefined : keptIn(carried.staged)
  await dispose(ports, look, { staged: carried.staged, foreground, shellIn: gone ? leaving?.path : undefined })
  const kept = foreseen ?? keptIn(carried.staged)
  // Here post-remove runs, and post-switch where the shell goes somewhere else.
  return {
    outcomes: [...unmet, ...carried.outcomes.map((outcome) => withKept(outcome, kept)), ...told.failures],
    landing: told.landing,
    reaped,
    warnings: [...look.warnings, ...carried.warnings],
  }
}
