import { DEFAULT_PATH } from '../../core/config-read.ts'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { type AddingResult, applyAdding } from '../../git/apply.ts'
import { editConfig } from '../../git/config-file.ts'
import { canonical, isSamePlace } from '../../git/paths.ts'
import { rememberPrevious } from '../../git/previous.ts'
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
import type { SwitchOptions, SwitchPorts } from './options.ts'
import { carryNotes, recoveryNotes } from './recovery-notes.ts'
import type { Note, SwitchOutcome, SwitchResult } from './result.ts'
import { journeyVariables } from './variables.ts'

type Done = SwitchOutcome & { readonly kind: 'done' }
type Going = Exclude<Decision, { readonly kind: 'refusal' }>

const PATH_HINT = 'wt.hints.worktree-path'

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

/** Expanded before anything is made, so that a mistake in it leaves nothing behind. Throws TEMPLATE_INVALID. */
const programOf = (look: Look, decision: Going, cwd: AbsolutePath, options: SwitchOptions, ports: SwitchPorts) => {
  const { execute } = options
  if (execute === undefined) return undefined
  const created = decision.kind === 'create' ? decision.created : undefined
  const base = created === undefined ? look.current?.branch : created.base
  const from = created === undefined ? look.current : look.worktrees.worktrees.find(({ branch }) => branch === base)
  const journey = {
    branch: decision.kind === 'enter' ? decision.worktree.branch : decision.branch,
    path: pathOf(decision),
    commit: startOf(decision),
    cwd,
    base,
    basePath: from?.path,
  }
  return expandProgram(execute.program, execute.args, journeyVariables(look, journey, ports.home))
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

/** What is remembered of a switch: where it came from, and that the hint about paths was given. */
const remember = async (look: Look, decision: Going, action: Done['action'], ports: SwitchPorts): Promise<void> => {
  const home = { commonDir: look.repository.layout.commonDir, env: ports.env }
  const left = ports.recovered ? undefined : look.current
  const leaves = left !== undefined && action !== 'already_at' && !isSamePlace(left.path, pathOf(decision))
  if (leaves) await rememberPrevious(home, left)
}

const pathHint = async (look: Look, options: SwitchOptions, { env }: SwitchPorts): Promise<readonly Note[]> => {
  const { repository, config } = look
  const told = repository.settings.get(PATH_HINT) !== undefined || config.worktreePath !== DEFAULT_PATH
  if (told || !options.create || options.path !== undefined) return []
  await editConfig({ commonDir: repository.layout.commonDir, env }, [{ key: PATH_HINT, value: '1' }])
  return [
    {
      kind: 'info',
      text: 'worktrees are put beside the repository',
      hint: 'to put them elsewhere, set worktree-path in the configuration: see wt switch --help',
    },
  ]
}

/** Decides, and carries it out; where somebody else was faster with what was only to be entered, decides once more. */
const settle = async (
  look: Look,
  options: SwitchOptions,
  ports: SwitchPorts,
  tries = 3,
): Promise<{
  readonly look: Look
  readonly decision: Decision
  readonly program: Done['program']
  readonly result?: AddingResult
}> => {
  const decision = await decide(look, destinationIn(look, options, ports), options, ports)
  if (decision.kind === 'refusal') {
    // The place was looked at later than the refs: somebody may be adding this very worktree.
    if (tries > 1 && decision.code === 'PATH_EXISTS') return settle(await lookAgain(look), options, ports, tries - 1)
    return { look, decision, program: undefined }
  }
  // Place of the approval for what is still to run: pre-start, post-start and post-switch, or post-switch alone.
  const program = await programOf(look, decision, landingOf(look, pathOf(decision), ports), options, ports)
  if (decision.kind === 'enter' || options.dryRun) return { look, decision, program }
  try {
    return { look, decision, program, result: await applyCreation(look, decision, ports) }
  } catch (error) {
    if (tries <= 1 || options.create || !(error instanceof WtError && error.code === 'RACE_LOST')) throw error
    return settle(await lookAgain(look), options, ports, tries - 1)
  }
}

/**
 * Goes to a worktree, and makes it first where there is none. Throws what `lookAt`, the selectors and `applyAdding` throw,
 * and TEMPLATE_INVALID; everything else that is in the way is a refusal.
 */
export const runSwitch = async (ports: SwitchPorts, options: SwitchOptions): Promise<SwitchResult> => {
  let seen = await lookAt(ports, { lookOnly: options.dryRun, strict: options.hooks ? true : 'user' })
  const notes: Note[] = seen.warnings.map((text) => ({ kind: 'warning', text }))
  const repaired = options.dryRun ? [] : await repair(seen, ports)
  if (repaired.length > 0) seen = await lookAgain(seen)
  notes.push(...repaired)
  if (options.base !== undefined && !options.create) {
    notes.push({ kind: 'warning', text: `--base ${options.base} counts only with --create, and is ignored` })
  }
  const destination = destinationIn(seen, options, ports)
  notes.push(...(await bareNotes(seen, destination, ports.home)))
  // Place of pre-switch: it runs here, in the source worktree, with the destination; then `seen = await lookAgain(seen)`.
  const { look, decision, program, result } = await settle(seen, options, ports)
  if (decision.kind === 'refusal') return { outcome: { kind: 'refused', refusal: decision }, notes }
  notes.push(...decision.notes)
  const path = pathOf(decision)
  const created = decision.kind === 'create' ? decision.created : undefined
  const branch = decision.kind === 'enter' ? decision.worktree.branch : decision.branch
  if (options.dryRun) {
    const plan = decision.kind === 'create' ? decision.plan : undefined
    return { outcome: { kind: 'planned', branch, path, plan, created }, notes }
  }
  notes.push(...(result?.warnings ?? []).map((text): Note => ({ kind: 'warning', text })))
  // Place of pre-start: it runs here, in the new worktree, before anything is remembered.
  const here = ports.startedIn !== undefined && isSamePlace(ports.startedIn, path)
  const action = created !== undefined ? 'created' : here ? 'already_at' : 'existing'
  await remember(look, decision, action, ports)
  if (created !== undefined) notes.push(...(await pathHint(look, options, ports)))
  const landing = landingOf(look, path, ports)
  const cd = options.cd ?? look.config.switch.cd
  const reports = result?.reports ?? []
  return { outcome: { kind: 'done', action, branch, path, created, landing, cd, reports, program }, notes }
}

/**
 * What comes after the shell has been told where to go: the program of `-x`, whose exit code is the answer. Throws
 * PROGRAM_NOT_STARTED, Interrupted.
 */
export const finishSwitch = async ({ landing, program }: Done, { env }: Pick<SwitchPorts, 'env'>): Promise<number> => {
  // Place of post-switch and then post-start: they are started here, in the background.
  return program === undefined ? 0 : executeIn(landing, program, env)
}
