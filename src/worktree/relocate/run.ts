import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import { diffRefs } from '../../core/snapshot.ts'
import { recordOperation } from '../../git/journal.ts'
import { withLock } from '../../git/lock.ts'
import { commitAll } from '../../git/move-worktree.ts'
import { canonical } from '../../git/paths.ts'
import { openWriter } from '../../git/writer.ts'
import { openHandOff } from '../../host/hand-off.ts'
import { holdingSignals } from '../../host/hold-signals.ts'
import { landingIn, type ShellPlace, shellPlace } from '../landing.ts'
import { type Look, type LookPorts, lookAgain, lookAt } from '../look.ts'
import { executeRelocation } from './execute.ts'
import { type Gathered, gatherRelocation, type RelocateRequest } from './gather.ts'
import { planRelocation, type RelocationPlan } from './plan.ts'
import type { RelocatedEntry, RelocateResult, SkippedEntry } from './result.ts'

export interface RelocatePorts extends LookPorts {
  /** Where the process was started. */
  readonly startedIn: AbsolutePath | undefined
  /** The command line, for the journal. */
  readonly command: readonly string[]
}

export interface RelocateOptions extends RelocateRequest {
  readonly dryRun: boolean
}

const skippedIn = ({ skipped }: RelocationPlan): readonly SkippedEntry[] =>
  skipped.map((entry) => ({ ...entry, detail: undefined }))

const messageFor = (branch: BranchName): string => `Work on ${branch}, before its worktree moved`

const commitDirty = async (
  writer: ReturnType<typeof openWriter>,
  { dirty }: Gathered,
  plan: RelocationPlan,
): Promise<void> => {
  for (const { branch } of plan.moves) {
    const worktree = dirty.get(branch)
    if (worktree !== undefined) await commitAll(writer, worktree.path, messageFor(branch))
  }
}

/** The innermost worktree that the shell stands in, where that has moved: a nested one stays in the main one. */
const movedWithShell = (
  { worktrees }: Look,
  shell: ShellPlace | undefined,
  entries: readonly RelocatedEntry[],
  places: ReadonlyMap<AbsolutePath, AbsolutePath>,
): RelocatedEntry | undefined => {
  const holders = worktrees.worktrees
    .map(({ path }) => places.get(path) ?? path)
    .filter((path) => shell !== undefined && `${shell.real}/`.startsWith(`${path}/`))
    .sort((a, b) => b.length - a.length)
  return entries.find(({ from }) => from === holders[0])
}

/**
 * Moves worktrees to where their branches belong by `worktree-path`. The whole plan is made, under the lock of the
 * registry, before anything moves. Throws NO_WORKTREE_OF_BRANCH, WORKTREE_UNUSABLE, DETACHED_HEAD for what is named, and
 * GIT_FAILED where something can't be committed.
 */
export const runRelocate = async (ports: RelocatePorts, options: RelocateOptions): Promise<RelocateResult> => {
  const shell = shellPlace(ports.env, ports.startedIn)
  const look = await lookAt(ports, { lookOnly: options.dryRun })
  const first = await gatherRelocation(look, options, ports)
  const plan = planRelocation(first.facts)
  const warnings = [...look.warnings, ...first.warnings]
  const nothing = { setAside: [], failure: undefined, shell: undefined }
  if (options.dryRun || plan.moves.length === 0) {
    const entries = plan.moves.map(({ branch, from, to }) => ({ branch, from, to }))
    return { dryRun: options.dryRun, entries, skipped: skippedIn(plan), ...nothing, warnings }
  }
  const { commonDir } = look.repository.layout
  const writer = openWriter(commonDir, ports.env)
  if (options.commit) await commitDirty(writer, first, plan)
  const places = new Map(look.worktrees.worktrees.map(({ path }) => [path, canonical(path)]))
  const now = new Date(ports.now())
  const { settled, executed } = await withLock(commonDir, 'registry', async () => {
    // What others have done meanwhile counts.
    const settled = planRelocation((await gatherRelocation(await lookAgain(look), options, ports)).facts)
    const around = { registry: { writer, commonDir }, defaultBranch: look.defaultBranch, now }
    return { settled, executed: await holdingSignals(() => executeRelocation(settled, around)) }
  })
  const after = await lookAt({ ...ports, cwd: commonDir })
  const { failure, entries } = executed
  const outcome =
    failure === undefined
      ? { kind: 'done' as const }
      : { kind: 'failed' as const, code: 'GIT_FAILED', message: failure.message }
  const journaled = await recordOperation(commonDir, {
    at: now,
    command: ports.command,
    changes: diffRefs(look.refs, after.refs),
    outcome,
  })
  if (journaled.kind === 'unwritten') warnings.push(journaled.warning)
  const moved = movedWithShell(look, shell, entries, places)
  const path = moved && landingIn(moved.to, moved.from, shell)
  const handOff = openHandOff(ports.env, undefined)
  if (path !== undefined && handOff.kind === 'integrated') handOff.goTo(path)
  return {
    dryRun: false,
    ...executed,
    skipped: [...skippedIn(settled), ...executed.skipped],
    shell: path && { path, told: handOff.kind === 'integrated' },
    warnings,
  }
}
