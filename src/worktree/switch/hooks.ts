import type { LoadedConfig } from '../../core/config.ts'
import type { HookKind } from '../../core/hooks.ts'
import { canonical } from '../../git/paths.ts'
import { openRepository } from '../../git/repository.ts'
import { approve, type HookPlan, NO_HOOKS } from '../../hooks/approve.ts'
import { startBackground } from '../../hooks/background.ts'
import { runForeground } from '../../hooks/foreground.ts'
import { type HookGround, hookPorts, loadHookConfig, projectIdFor } from '../../hooks/ground.ts'
import type { HookPorts } from '../../hooks/ports.ts'
import { checkHooks } from '../../hooks/scripts.ts'
import { selectHooks } from '../../hooks/selection.ts'
import { type Look, lookAgain } from '../look.ts'
import type { Destination } from './destination.ts'
import { type Arrival, arrivalVariables, departureVariables } from './hook-variables.ts'
import type { SwitchOptions, SwitchPorts } from './options.ts'
import type { Note } from './result.ts'

/** The hooks of one switch: selected from the configuration that it began with, and approved of before it changes anything. */
export interface SwitchHooks {
  /** `pre-switch`. Answers with the repository as it is then. Throws what approving and running throw. */
  readonly leave: (look: Look, destination: Destination) => Promise<Look>
  /** Approval for what is still to run. Throws APPROVAL_NEEDED, TEMPLATE_INVALID: nothing has been made then. */
  readonly settle: (kind: 'enter' | 'create') => Promise<void>
  /** `pre-start`, in the new worktree. Throws HOOK_FAILED with the exit code to leave with. */
  readonly begin: (look: Look, arrival: Arrival) => Promise<void>
  /** Makes ready what runs in the background; calling the answer starts it. */
  readonly finish: (look: Look, arrival: Arrival) => Promise<() => void>
}

const nothing = (): void => undefined

const NONE: SwitchHooks = {
  leave: async (look) => look,
  settle: async () => undefined,
  begin: async () => undefined,
  finish: async () => nothing,
}

const groundOf = ({ repository, refs, worktrees, defaultBranch }: Look): HookGround => ({
  repository,
  refs,
  snapshot: worktrees,
  defaultBranch,
})

/** The configuration is read already, but at the root of a bare repository it is that of another place. */
const configOf = (look: Look, ports: SwitchPorts): LoadedConfig | Promise<LoadedConfig> =>
  look.worktrees.bare && look.repository.layout.top === undefined
    ? loadHookConfig(groundOf(look), ports)
    : { config: look.config, projectConfig: look.projectConfig, warnings: [] }

/** A hook may have changed anything: remotes and other settings, refs, worktrees. */
const lookAfresh = async (look: Look, { cwd, env }: SwitchPorts): Promise<Look> =>
  lookAgain({ ...look, repository: await openRepository(cwd, env) })

const AHEAD: Readonly<Record<'enter' | 'create', readonly HookKind[]>> = {
  enter: ['post-switch'],
  create: ['pre-start', 'post-start', 'post-switch'],
}

/** Reads what hooks are configured; with none, nothing here costs anything. Throws CONFIG_INVALID. */
export const openHooks = async (
  first: Look,
  { hooks, dryRun }: SwitchOptions,
  ports: SwitchPorts,
  tell: (note: Note) => void,
): Promise<SwitchHooks> => {
  if (!hooks || dryRun) return NONE
  const loaded = await configOf(first, ports)
  const { approval } = ports.voice
  const approvedBefore = loaded.config.approvedCommands
  const planFor = async (kinds: readonly HookKind[]): Promise<HookPlan> => {
    const projectId = projectIdFor(first.repository)
    const plan = await approve(selectHooks(loaded, { projectId, kinds }), { ...approval, approvedBefore })
    if (plan.declined) tell({ kind: 'info', text: 'the commands of the project were not run' })
    for (const text of plan.warnings) tell({ kind: 'warning', text })
    return plan
  }
  const running = (look: Look): Promise<HookPorts> => hookPorts(groundOf(look), loaded, { ...ports, ...ports.voice })
  let ahead: HookPlan | undefined
  const planAhead = (): HookPlan => ahead ?? NO_HOOKS
  const leave: SwitchHooks['leave'] = async (look, destination) => {
    if (ports.recovered) return look
    const plan = await planFor(['pre-switch'])
    if (plan.kinds.size === 0) return look
    const cwd = canonical(look.current?.path ?? look.repository.root)
    const variables = departureVariables(groundOf(look), look.current, destination, cwd)
    await runForeground(plan, 'pre-switch', { cwd, variables }, await running(look))
    return lookAfresh(look, ports)
  }
  const settle: SwitchHooks['settle'] = async (kind) => {
    // Decided once more, a switch asks for nothing that was not asked for before.
    if (ahead !== undefined) return
    ahead = await planFor(AHEAD[kind])
    await checkHooks(ahead)
  }
  const begin: SwitchHooks['begin'] = async (look, arrival) => {
    if (!planAhead().kinds.has('pre-start')) return
    const seen = await lookAgain(look)
    const place = { cwd: arrival.path, variables: arrivalVariables(groundOf(seen), arrival) }
    await runForeground(planAhead(), 'pre-start', place, await running(seen))
  }
  const finish: SwitchHooks['finish'] = async (look, arrival) => {
    const kinds = (arrival.created ? (['post-switch', 'post-start'] as const) : (['post-switch'] as const)).filter(
      (kind) => planAhead().kinds.has(kind),
    )
    if (kinds.length === 0) return nothing
    const seen = arrival.created ? await lookAfresh(look, ports) : look
    const place = { cwd: arrival.path, variables: arrivalVariables(groundOf(seen), arrival) }
    const ready = await running(seen)
    return () =>
      startBackground(
        planAhead(),
        kinds.map((kind) => ({ kind, place })),
        ready,
      )
  }
  return { leave, settle, begin, finish }
}
