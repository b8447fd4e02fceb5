import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type AddingResult, applyAdding } from '../../git/apply.ts'
import { checkCancelled } from '../../git/foreground.ts'
import { withLock } from '../../git/lock.ts'
import { canonical, isSamePlace } from '../../git/paths.ts'
import { recoverCreations } from '../../git/recover-creations.ts'
import { takeBrokenCarries } from '../../git/working/carry-record.ts'
import { openWriter } from '../../git/writer.ts'
import { landingIn, shellPlace } from '../landing.ts'
import { type Look, lookAgain, lookAt } from '../look.ts'
import { bareNotes } from './bare-notes.ts'
import { type Decision, decide } from './decide.ts'
import { destinationOfNew, findDestination } from './destination.ts'
import { executeIn } from './execute.ts'
import { expandProgram } from './expand.ts'
import type { Arrival } from './hook-variables.ts'
import { openHooks, type SwitchHooks } from './hooks.ts'
import { pathHint, remember } from './memory.ts'
import type { SwitchOptions, SwitchPorts } from './options.ts'
import { carryNotes, recoveryNotes } from './recovery-notes.ts'
import type { Note, SwitchOutcome, SwitchResult } from './result.ts'

type Done = SwitchOutcome & { readonly kind: 'done' }
type Stopped = SwitchOutcome & { readonly kind: 'stopped' }
type Course = Pick<SwitchResult, 'outcome'> & Partial<SwitchResult>
type Going = Exclude<Decision, { readonly kind: 'refusal' }>

/** What a killed run has left is put right first. Looking for it costs one directory. */
const repair = async ({ repository }: Look, { env }: SwitchPorts): Promise<readonly Note[]> => {
  const { commonDir } = repository.layout
  const recovered = await recoverCreations(commonDir, openWriter(repository.git.cwd, env))
  return [...recoveryNotes(recovered), ...carryNotes(takeBrokenCarries(commonDir))]
}

const destinationIn = (look: Look, options: SwitchOptions, ports: SwitchPorts) =>
  options.create ? destinationOfNew(options.target) : findDestination(look, options.target, ports)

const pathOf = (decision: Going): AbsolutePath =>
  decision.kind === 'enter' ? canonical(decision.worktree.path) : decision.path

/** The shell's place in the worktree that is left, found again in the one that is entered. */
const landingOf = (look: Look, path: AbsolutePath, { env, recovered, startedIn }: SwitchPorts): AbsolutePath =>
  landingIn(path, recovered ? undefined : look.current?.path, shellPlace(env, startedIn))

const startOf = (decision: Going) => {
  if (decision.kind === 'enter') return decision.worktree.head
  const [add] = decision.plan.effects
  if (add?.kind !== 'add-worktree' || add.source.kind === 'unborn') return undefined
  return add.source.kind === 'existing' ? add.source.tip : add.source.start
}

const createdBy = (decision: Going) => (decision.kind === 'create' ? decision.created : undefined)

/** Where a switch leads to, and what it starts from: a new branch's base, otherwise what is left. */
const arrivalOf = (look: Look, decision: Going): Arrival => {
  const created = createdBy(decision)
  const base = created === undefined ? look.current?.branch : (created.base as Arrival['base'])
  const from = created === undefined ? look.current : look.worktrees.worktrees.find(({ branch }) => branch === base)
  return {
    branch: decision.kind === 'enter' ? decision.worktree.branch : decision.branch,
    path: pathOf(decision),
    created: created !== undefined,
    base,
    basePath: base === undefined && created !== undefined ? undefined : from?.path,
  }
}

/** Expanded before anything is made, so that a mistake in it leaves nothing behind. Throws TEMPLATE_INVALID. */
const programOf = (look: Look, decision: Going, cwd: AbsolutePath, { execute }: SwitchOptions, ports: SwitchPorts) => {
  if (execute === undefined) return undefined
  const journey = { ...arrivalOf(look, decision), commit: startOf(decision), cwd }
  return expandProgram(look, execute, journey, ports.home)
}

const applyCreation = (
  look: Look,
  { plan }: Going & { readonly kind: 'create' },
  { env, now, command, heard }: SwitchPorts,
): Promise<AddingResult> => {
  const { git, id: repo, layout, settings } = look.repository
  const writer = openWriter(git.cwd, env)
  const { commonDir } = layout
  return applyAdding(
    { reader: git, writer, repo, env, commonDir, now: () => new Date(now()), command, settings, heard },
    plan,
  )
}

/** Decides, and carries it out; where somebody else was faster with what was only to be entered, decides once more. */
const settle = async (
  look: Look,
  options: SwitchOptions,
  ports: SwitchPorts,
  hooks: SwitchHooks,
  tries = 3,
): Promise<{
  readonly look: Look
  readonly decision: Decision
  readonly program: Done['program']
  readonly result?: AddingResult
}> => {
  const decision = await decide(look, destinationIn(look, options, ports), options, ports)
  if (decision.kind === 'refusal') {
    // Somebody may be adding this very worktree: until that is done, it is in the way or looks detached.
    if (tries > 1 && (decision.code === 'PATH_EXISTS' || decision.code === 'PATH_OCCUPIED')) {
      if (!options.dryRun) await withLock(look.repository.layout.commonDir, 'registry', async () => undefined)
      return settle(await lookAgain(look), options, ports, hooks, tries - 1)
    }
    return { look, decision, program: undefined }
  }
  await hooks.settle(decision.kind)
  const program = await programOf(look, decision, landingOf(look, pathOf(decision), ports), options, ports)
  if (decision.kind === 'enter' || options.dryRun) return { look, decision, program }
  try {
    return { look, decision, program, result: await applyCreation(look, decision, ports) }
  } catch (error) {
    if (tries <= 1 || options.create || !(error instanceof WtError && error.code === 'RACE_LOST')) throw error
    return settle(await lookAgain(look), options, ports, hooks, tries - 1)
  }
}

/** What has been made so far, for whoever has to say so when something stops the rest. */
interface Progress {
  readonly notes: Note[]
  made?: Stopped['made']
}

const travel = async (ports: SwitchPorts, options: SwitchOptions, progress: Progress): Promise<Course> => {
  const { notes } = progress
  let seen = await lookAt(ports, { lookOnly: options.dryRun, strict: options.hooks ? true : 'user' })
  notes.push(...seen.warnings.map((text): Note => ({ kind: 'warning', text })))
  const repaired = options.dryRun ? [] : await repair(seen, ports)
  if (repaired.length > 0) seen = await lookAgain(seen)
  notes.push(...repaired)
  if (options.base !== undefined && !options.create) {
    notes.push({ kind: 'warning', text: `--base ${options.base} counts only with --create, and is ignored` })
  }
  const destination = destinationIn(seen, options, ports)
  notes.push(...(await bareNotes(seen, destination, ports.home)))
  const hooks = await openHooks(seen, options, ports, (note) => notes.push(note))
  const source = await hooks.leave(seen, destination)
  const { look, decision, program, result } = await settle(source, options, ports, hooks)
  if (decision.kind === 'refusal') return { outcome: { kind: 'refused', refusal: decision } }
  notes.push(...decision.notes)
  const created = createdBy(decision)
  const arrival = arrivalOf(look, decision)
  const { branch, path } = arrival
  if (options.dryRun) {
    const plan = decision.kind === 'create' ? decision.plan : undefined
    return { outcome: { kind: 'planned', branch, path, plan, created } }
  }
  notes.push(...(result?.warnings ?? []).map((text): Note => ({ kind: 'warning', text })))
  const reports = result?.reports ?? []
  if (created !== undefined) {
    progress.made = { branch, path, created, reports }
    checkCancelled()
    await hooks.begin(look, arrival)
  }
  const here = ports.startedIn !== undefined && isSamePlace(ports.startedIn, path)
  const action = created !== undefined ? 'created' : here ? 'already_at' : 'existing'
  const leaves = look.current !== undefined && !isSamePlace(look.current.path, path)
  if (leaves && action !== 'already_at') await remember(look, ports)
  if (created !== undefined) notes.push(...(await pathHint(look, options, ports)))
  const landing = landingOf(look, path, ports)
  const cd = options.cd ?? look.config.switch.cd
  const outcome: Done = { kind: 'done', action, branch, path, created, landing, cd, reports, program }
  return { outcome, startHooks: await hooks.finish(look, arrival) }
}

/**
 * Goes to a worktree, and makes it first where there is none. What is in the way is a refusal. Whatever `lookAt`, the
 * selectors, hooks and `applyAdding` throw, TEMPLATE_INVALID and Interrupted make it `stopped`: with what has been made
 * until then, and to be thrown on.
 */
export const runSwitch = async (ports: SwitchPorts, options: SwitchOptions): Promise<SwitchResult> => {
  const progress: Progress = { notes: [] }
  const { notes } = progress
  try {
    return { startHooks: () => undefined, ...(await travel(ports, options, progress)), notes }
  } catch (error) {
    return { outcome: { kind: 'stopped', made: progress.made, error }, notes, startHooks: () => undefined }
  }
}

/**
 * What comes after the shell has been told where to go: hooks in the background, then the program of `-x`, whose exit code
 * is the answer. Throws PROGRAM_NOT_STARTED, Interrupted.
 */
export const finishSwitch = async (
  { landing, program }: Done,
  startHooks: () => void,
  { env }: Pick<SwitchPorts, 'env'>,
): Promise<number> => {
  startHooks()
  return program === undefined ? 0 : executeIn(landing, program, env)
}
