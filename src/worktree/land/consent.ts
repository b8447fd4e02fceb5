import { Interrupted } from '../../core/interrupted.ts'
import { type HooksWanted, NO_HOOKS, NO_PROGRAMS } from './hooks.ts'
import type { Landing } from './landing.ts'

interface Wanted extends HooksWanted {
  /** Whether hooks run at all (`--no-hooks`). */
  readonly verify: boolean
  /** Whether a commit is going to be made. */
  readonly commits: boolean
}

/** Whether any of these hooks is configured, by anybody. */
export const isConfigured = ({ look }: Landing, kinds: HooksWanted['kinds']): boolean =>
  kinds.some((kind) => look.config.hooks.has(kind) || look.projectConfig.hooks.has(kind))

/**
 * Asks about everything that a landing is about to run, before anything is changed: hooks, and what the project adds to
 * the prompt for a message. The hooks are the landing's from then on.
 */
export const withPrograms = async (landing: Landing, { verify, commits, ...wanted }: Wanted): Promise<Landing> => {
  const { ports, look } = landing
  const { programs = NO_PROGRAMS } = ports
  const skipped = !verify && commits && isConfigured(landing, ['pre-commit'])
  if (skipped) ports.say({ kind: 'hooks-skipped', hook: 'pre-commit' })
  const hooks = verify ? await programs.open(landing, wanted) : NO_HOOKS
  const asksForMessage = commits && look.config.commit.generation.command !== undefined
  const projectGuidance = asksForMessage ? await programs.guidance(landing, { ask: true }) : undefined
  return { ...landing, ports: { ...ports, hooks }, projectGuidance }
}

/** For a look at the prompt: what the project adds to it where that is approved already. Nobody is asked. */
export const withApproved = async (landing: Landing): Promise<Landing> => {
  const { programs = NO_PROGRAMS } = landing.ports
  return { ...landing, projectGuidance: await programs.guidance(landing, { ask: false }) }
}

/**
 * Runs a landing to its end and starts what was noted on the way, also where it failed then: a commit that was made stays
 * made. After an interruption nothing is started.
 */
export const startingHooks = async <T>({ ports }: Landing, land: () => Promise<T>): Promise<T> => {
  try {
    const landed = await land()
    await ports.hooks.start()
    return landed
  } catch (error) {
    // The failure that came first is the one to tell of.
    if (!(error instanceof Interrupted)) await ports.hooks.start().catch(() => undefined)
    throw error
  }
}
