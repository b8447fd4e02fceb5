import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { Interrupted } from '../../core/interrupted.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { type ApprovalPorts, approve, type HookPlan } from '../../hooks/approve.ts'
import { type BackgroundHook, startBackground } from '../../hooks/background.ts'
import { runForeground } from '../../hooks/foreground.ts'
import {
  activeVariables,
  type HookGround,
  hookPorts,
  loadHookConfig,
  projectIdFor,
  repositoryVariables,
} from '../../hooks/ground.ts'
import type { HookPorts } from '../../hooks/ports.ts'
import type { HookEvent } from '../../hooks/result.ts'
import { selectHooks } from '../../hooks/selection.ts'
import { shellPlace } from '../landing.ts'
import type { Look } from '../look.ts'
import { leftBy } from './leave.ts'
import type { Departures, RemovePorts } from './remove-all.ts'
import { type Doable, hasDirectory } from './steps.ts'
import type { BeforeRemoval } from './turns.ts'

/** How hooks speak and ask. */
interface HookVoice {
  readonly shellCwd: string | undefined
  readonly words: readonly string[]
  readonly say: (event: HookEvent) => void
  readonly approval: Omit<ApprovalPorts, 'approvedBefore'>
}

/** What a command that removes worktrees gets from its process. */
export interface RemoveCommandPorts extends RemovePorts {
  /** Undefined where no hooks are to run. */
  readonly hooks?: HookVoice | undefined
}

type RemovalKind = 'pre-remove' | 'post-remove' | 'post-switch'

/** The hooks that a removal has, approved and frozen. */
export interface RemovalHooks {
  readonly calls: Pick<RemovePorts, 'beforeRemoval' | 'afterRemoval'>
  readonly declined: boolean
  readonly warnings: readonly string[]
}

const NONE: RemovalHooks = { calls: {}, declined: false, warnings: [] }

const groundOf = ({ repository, refs, worktrees, defaultBranch }: Look): HookGround => ({
  repository,
  refs,
  snapshot: worktrees,
  defaultBranch,
})

/** The hooks that these steps would come by. */
const kindsFor = (ports: RemovePorts, look: Look, steps: readonly Doable[]): readonly RemovalKind[] => {
  const going = steps.filter(hasDirectory)
  if (going.length === 0) return []
  const moves = leftBy(look, going, shellPlace(ports.env, ports.startedIn)) !== undefined
  return moves ? ['pre-remove', 'post-remove', 'post-switch'] : ['pre-remove', 'post-remove']
}

/** Where whoever stood in a worktree is afterwards; undefined where that is no worktree. */
const landingOf = ({ primary }: Look, goes: (worktree: Worktree) => boolean): Worktree | undefined =>
  primary === undefined || goes(primary) || primary.broken !== undefined ? undefined : primary

const landingVariables = (landing: Worktree | undefined) => ({
  target: landing?.branch,
  target_worktree_path: landing?.path,
})

const nameOf = ({ branch, path }: Worktree): string => branch ?? path

/** The same error with the worktree in it that it keeps. */
const keeps = (worktree: Worktree, error: unknown): unknown => {
  if (error instanceof Interrupted || !(error instanceof WtError)) return error
  const { code, hint, cause } = error
  const options = { ...(hint !== undefined && { hint }), ...(cause !== undefined && { cause }) }
  return new WtError(code, `${nameOf(worktree)} is not removed: ${error.message}`, options)
}

const beforeWith =
  (plan: HookPlan, running: HookPorts): BeforeRemoval =>
  async (worktree, { look, beside }) => {
    const ground = groundOf(look)
    const landing = landingOf(look, (each) => each.gitDir === worktree.gitDir)
    const variables = {
      ...repositoryVariables(ground),
      ...activeVariables(ground, worktree),
      ...landingVariables(landing),
    }
    const manner = beside ? { beside: nameOf(worktree) } : {}
    try {
      await runForeground(plan, 'pre-remove', { cwd: worktree.path, variables }, running, manner)
    } catch (error) {
      throw keeps(worktree, error)
    }
  }

const afterWith =
  (plan: HookPlan, look: Look, running: HookPorts) =>
  ({ removed, left }: Departures): readonly HookEvent[] => {
    const ground = groundOf(look)
    const shared = repositoryVariables(ground)
    const landing = landingOf(look, (each) => removed.some(({ path }) => path === each.path))
    const cwd: AbsolutePath = landing?.path ?? look.repository.root
    const hooks: BackgroundHook[] = removed.map((worktree) => {
      const variables = { ...shared, ...activeVariables(ground, worktree), ...landingVariables(landing) }
      return { kind: 'post-remove', place: { cwd, variables } }
    })
    const from = removed.find(({ path }) => path === left)
    if (from !== undefined && landing !== undefined) {
      const about = { ...shared, ...activeVariables(ground, landing), ...landingVariables(landing) }
      const variables = { ...about, base: from.branch, base_worktree_path: from.path }
      const hook = { ...variables, pr_number: undefined, pr_url: undefined }
      hooks.push({ kind: 'post-switch', place: { cwd, variables: hook } })
    }
    const events = new Map<string, HookEvent>()
    // The same for many worktrees is said once.
    startBackground(plan, hooks, { ...running, say: (event) => void events.set(JSON.stringify(event), event) })
    return [...events.values()]
  }

/** Approves of the hooks of some steps; each call reads approvals anew, none reads the configuration. */
type Approve = (steps: readonly Doable[]) => Promise<RemovalHooks>

/** Reads the configuration, once, and only where a worktree goes. Throws CONFIG_INVALID. */
const openHooks = async (ports: RemoveCommandPorts, look: Look, steps: readonly Doable[]): Promise<Approve> => {
  const voice = ports.hooks
  if (voice === undefined || !steps.some(hasDirectory)) return async () => NONE
  const ground = groundOf(look)
  const loaded = await loadHookConfig(ground, ports)
  const projectId = projectIdFor(look.repository)
  return async (some) => {
    const selection = selectHooks(loaded, { projectId, kinds: kindsFor(ports, look, some) })
    if (selection.hooks.length === 0) return NONE
    const approval = { ...voice.approval, approvedBefore: loaded.config.approvedCommands }
    const plan = await approve(selection, approval)
    const { kinds, declined, warnings } = plan
    if (kinds.size === 0) return { ...NONE, declined, warnings }
    const { env, home, now } = ports
    const running = await hookPorts(ground, loaded, { env, home, now, ...voice })
    const beforeRemoval = kinds.has('pre-remove') ? beforeWith(plan, running) : undefined
    const afterRemoval = afterWith(plan, look, running)
    return { calls: { ...(beforeRemoval && { beforeRemoval }), afterRemoval }, declined, warnings }
  }
}

/** The hooks of a removal, approved before any change. Throws CONFIG_INVALID and what `approve` throws. */
export const approvedHooks = async (
  ports: RemoveCommandPorts,
  look: Look,
  steps: readonly Doable[],
): Promise<RemovalHooks> => (await openHooks(ports, look, steps))(steps)

/** What of a batch may run without a question. */
export interface Unasked {
  readonly hooks: RemovalHooks
  readonly steps: readonly Doable[]
  /** Left out: they need commands of the project that nobody has approved of. */
  readonly unapproved: readonly Doable[]
}

/**
 * The hooks of as many steps as need no question: all of them, all but the one that moves the shell, or those that no
 * directory goes with. Throws CONFIG_INVALID, and APPROVALS_INVALID.
 */
export const hooksUnasked = async (
  ports: RemoveCommandPorts,
  look: Look,
  steps: readonly Doable[],
): Promise<Unasked> => {
  const hooks = ports.hooks && { ...ports.hooks, approval: { ...ports.hooks.approval, ask: undefined } }
  const approveFor = await openHooks({ ...ports, hooks }, look, steps)
  const left = leftBy(look, steps, shellPlace(ports.env, ports.startedIn))
  const staying = steps.filter((step) => step !== left)
  for (const some of [steps, ...(left ? [staying] : [])]) {
    try {
      const unapproved = steps.filter((step) => !some.includes(step))
      return { hooks: await approveFor(some), steps: some, unapproved }
    } catch (error) {
      if (!(error instanceof WtError && error.code === 'APPROVAL_NEEDED')) throw error
    }
  }
  const rest = steps.filter((step) => !hasDirectory(step))
  return { hooks: NONE, steps: rest, unapproved: steps.filter(hasDirectory) }
}
