import type { Staged } from '../../core/applied.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { Interrupted } from '../../core/interrupted.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { GitReader } from '../../git/git.ts'
import { countWaiting, drain } from '../../git/trash/drain.ts'
import { emptyTrash } from '../../git/trash/empty.ts'
import { placeholdersIn, putPlaceholder, takePlaceholders } from '../../git/trash/placeholder.ts'
import type { Progress } from '../../git/trash/settle.ts'
import { startDrain, startSweep } from '../../git/trash/start-detached.ts'
import { measureTree } from '../../git/trash/tree.ts'
import type { HookEvent } from '../../hooks/result.ts'
import { type HandOff, withoutDirectives } from '../../host/hand-off.ts'
import { shellPlace } from '../landing.ts'
import type { Look, LookPorts } from '../look.ts'
import type { Carried, Judging } from './carry-out.ts'
import { keptIn } from './kept.ts'
import { leftBy, placeAfter, tellShell } from './leave.ts'
import { withKept } from './outcomes.ts'
import { reapIn } from './reap.ts'
import type { RemovalOutcome, RemoveResult } from './result.ts'
import type { Doable } from './steps.ts'
import type { Target } from './targets.ts'
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
  /** Where there is one, each worktree is looked at anew after it. */
  readonly beforeRemoval?: BeforeRemoval
  /** Called once, when everything else is done; what it throws fails the command. Answers with what it has started. */
  readonly afterRemoval?: (done: Departures) => readonly HookEvent[]
}

/** What a removal took away. */
export interface Departures {
  readonly removed: readonly (RemovalOutcome & { readonly kind: 'worktree' })[]
  /** The one of them that the caller stood in. */
  readonly left: AbsolutePath | undefined
}

/** git runs where it may stay: not in the worktree that is removed, nor in its git directory. */
export const outOf = (look: Look, targets: readonly Target[]): Look => {
  const { primary, repository, worktrees } = look
  const current = look.current ?? worktrees.worktrees.find(({ gitDir }) => gitDir === repository.layout.gitDir)
  const goes = (worktree: Worktree | undefined): boolean =>
    targets.some((target) => target.kind === 'worktree' && target.worktree === worktree)
  if (current === undefined || !goes(current)) return look
  const { git, layout } = repository
  const cwd = primary === undefined || goes(primary) || primary.broken !== undefined ? layout.commonDir : primary.path
  const read: GitReader['read'] = (args, options) => git.read(args, { cwd, ...options })
  return { ...look, repository: { ...repository, git: { ...git, cwd, read } } }
}

interface Disposal {
  readonly staged: readonly Staged[]
  readonly foreground: boolean
  /** The removed worktree that the shell stands in. */
  readonly shellIn: AbsolutePath | undefined
}

/** Files that are deleted sooner than a process is started to do it. */
const FEW = 1000

/** Whether there is so little to delete that nobody notices. */
const isLittle = (staged: readonly Staged[]): boolean => {
  let left = FEW
  for (const each of staged) {
    const { files, more } = measureTree(each.staged, { files: left, bytes: Number.POSITIVE_INFINITY })
    left -= files
    if (more || left < 0) return false
  }
  return true
}

/** Deletes what waits in the trash: here where it is little or waited for, else in a process of its own. */
const dispose = async (ports: RemovePorts, look: Look, { staged, foreground, shellIn }: Disposal): Promise<void> => {
  const { env, now, program, progress } = ports
  const { commonDir } = look.repository.layout
  const alone = withoutDirectives(env)
  // One that a removal which was killed has left goes the same way.
  const left = placeholdersIn(commonDir)
  const placeholders = foreground || shellIn === undefined ? left : [...left, ...putPlaceholder(commonDir, shellIn)]
  if (program === undefined || !startSweep(placeholders, alone)) takePlaceholders(placeholders)
  const waiting = countWaiting(commonDir)
  if (waiting === 0) return
  if (foreground) return emptyTrash(commonDir, staged, { now, progress })
  // What others have left is of any size.
  const little = waiting <= staged.length && isLittle(staged)
  if (!little && startDrain({ commonDir, env: alone, program })) return
  // Another process that is at it sees to the rest.
  await drain(commonDir, now, progress)
}

/** How steps are carried out. */
interface Manner {
  /** Come back when the files are gone. */
  readonly foreground: boolean
  /** End processes that work in the worktrees. */
  readonly reap: boolean
  /** `beforeRemoval` runs for many at a time, without the terminal; the worktree at hand has its turn after them. */
  readonly together?: boolean
  /** What has not begun when one fails is left. */
  readonly stopAtFailure?: boolean
  /** Where the shell goes; undefined: to the primary worktree. */
  readonly destination?: Worktree | undefined
}

type Told = Pick<RemoveResult, 'outcomes' | 'started' | 'interrupted'>

/** Has everything started that comes after a removal. Nothing is, once the command has been cancelled. */
const startAfter = (
  { afterRemoval }: RemovePorts,
  { outcomes, staged, interrupted }: Carried,
  left: AbsolutePath | undefined,
): Told => {
  const gone = new Set(staged.map(({ from }) => from))
  const removed = outcomes.flatMap((outcome) => (outcome.kind === 'worktree' && gone.has(outcome.path) ? outcome : []))
  if (interrupted !== undefined || removed.length === 0) return { outcomes: [], started: [], interrupted }
  try {
    return { outcomes: [], started: afterRemoval?.({ removed, left }) ?? [], interrupted }
  } catch (error) {
    if (error instanceof Interrupted) return { outcomes: [], started: [], interrupted: error }
    return { outcomes: [{ kind: 'failed', error }], started: [], interrupted }
  }
}

const isCancelled = (outcome: RemovalOutcome): boolean =>
  outcome.kind === 'failed' && outcome.error instanceof Interrupted

/**
 * Carries removals out to the end: processes that stand in the way are ended where that is asked for, the shell is told
 * where to go, and what waits in the trash is deleted.
 */
export const removeAll = async (
  ports: RemovePorts,
  look: Look,
  doable: readonly Doable[],
  judging: Judging,
  { foreground, reap, together = false, stopAtFailure = false, destination = look.primary }: Manner,
): Promise<RemoveResult> => {
  const shell = shellPlace(ports.env, ports.startedIn)
  const left = leftBy(look, doable, shell)
  const leaving = left?.target.worktree
  const landing = leaving && placeAfter({ ...look, primary: destination }, leaving, shell)
  const reaped = reap ? await reapIn(doable) : undefined
  const carried = await carryOutAll(ports, look, doable, judging, { together, alone: left, stopAtFailure })
  const gone = carried.staged.some(({ from }) => from === leaving?.path)
  // Before files are deleted: whoever interrupts that must not stand in a directory that is gone.
  const told = tellShell(ports.handOff, gone ? landing : undefined)
  // Once another process is at it, nothing can be counted any more.
  const waits = foreground && carried.interrupted === undefined
  const foreseen = waits || ports.program === undefined ? undefined : keptIn(carried.staged)
  await dispose(ports, look, { staged: carried.staged, foreground: waits, shellIn: gone ? leaving?.path : undefined })
  const kept = foreseen ?? keptIn(carried.staged)
  const after = startAfter(ports, carried, gone ? leaving?.path : undefined)
  const outcomes = carried.outcomes.filter((outcome) => !isCancelled(outcome))
  return {
    outcomes: [...outcomes.map((outcome) => withKept(outcome, kept)), ...told.failures, ...after.outcomes],
    landing: told.landing,
    reaped,
    warnings: carried.warnings,
    started: after.started,
    declined: false,
    interrupted: after.interrupted,
  }
}
