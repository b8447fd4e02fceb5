import type { BranchName } from '../../core/ids.ts'
import type { Effect, Refusal } from '../../core/plan.ts'
import type { RefSnapshot } from '../../core/snapshot.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { type ApplyContext, apply } from '../../git/apply.ts'
import { isSamePlace } from '../../git/paths.ts'
import { openWriter } from '../../git/writer.ts'
import { type Look, type LookPorts, lookAgain, lookAt } from '../look.ts'
import { selectTarget, worktreeAtHand } from '../select.ts'
import { type LandHooks, type LandPrograms, NO_HOOKS } from './hooks.ts'
import { refuseSource } from './plan.ts'
import type { Note } from './result.ts'

export interface LandPorts extends LookPorts {
  /** The command line, for the journal. */
  readonly command: readonly string[]
  /** Told what happens while it happens. */
  readonly say: (note: Note) => void
  /** None: no programs take part. */
  readonly programs?: LandPrograms<Landing>
}

/** Work on its way from one worktree: everything as of one moment. A stage takes one and gives the next. */
export interface Landing {
  readonly ports: LandPorts & { readonly hooks: LandHooks<Landing> }
  readonly look: Look
  /** The worktree whose work lands. */
  readonly source: Worktree
  /** What the command was called with in sight; targets are named from there. */
  readonly invoked: Look
  readonly context: ApplyContext
  /** What the project adds to prompts for messages, as far as it is approved. */
  readonly projectGuidance?: string | undefined
}

/** What a stage gives: the outcome and where it leaves things, or why it was not done. */
export type Stage<Outcome> =
  | { readonly kind: 'done'; readonly outcome: Outcome; readonly landing: Landing }
  | { readonly kind: 'refused'; readonly refusal: Refusal }

export const refused = (refusal: Refusal): { readonly kind: 'refused'; readonly refusal: Refusal } => ({
  kind: 'refused',
  refusal,
})

const contextOf = (ports: LandPorts, { repository }: Look): ApplyContext => ({
  reader: repository.git,
  writer: openWriter(repository.git.cwd, ports.env),
  repo: repository.id,
  env: ports.env,
  commonDir: repository.layout.commonDir,
  now: () => new Date(ports.now()),
  command: ports.command,
})

const sourceIn = (
  look: Look,
  selector: string | undefined,
  { cwd, home }: LandPorts,
): Worktree | BranchName | undefined => {
  if (selector === undefined) return worktreeAtHand(look)
  const selected = selectTarget(look, selector, { cwd, home })
  return selected.kind === 'worktree' ? selected.worktree : selected.branch
}

/**
 * Looks at the repository from the worktree whose work lands: the one at hand, or the one that `selector` names. Its
 * configuration counts. Throws what `lookAt` and `selectTarget` throw.
 */
export const openLanding = async (
  ports: LandPorts,
  selector: string | undefined,
  { lookOnly = false } = {},
): Promise<{ readonly kind: 'open'; readonly landing: Landing } | ReturnType<typeof refused>> => {
  const invoked = await lookAt(ports, { lookOnly })
  const found = sourceIn(invoked, selector, ports)
  const refusal = refuseSource(found)
  if (refusal !== undefined || found === undefined || typeof found === 'string') {
    if (refusal === undefined) throw new TypeError('a source that is none was let through')
    return refused(refusal)
  }
  const here = invoked.current !== undefined && isSamePlace(found.path, invoked.current.path)
  const look = here ? invoked : await lookAt({ ...ports, cwd: found.path }, { lookOnly })
  const source = look.worktrees.worktrees.find(({ gitDir }) => gitDir === found.gitDir) ?? found
  for (const text of look.warnings) ports.say({ kind: 'warning', text })
  return {
    kind: 'open',
    landing: {
      ports: { ...ports, hooks: NO_HOOKS },
      look,
      source,
      invoked,
      context: contextOf(ports, look),
    },
  }
}

/** Whether the worktree whose work lands is not the one that the command was called in. */
export const isElsewhere = ({ source, invoked }: Landing): boolean =>
  invoked.current === undefined || !isSamePlace(source.path, invoked.current.path)

/** The same landing as things are now. */
export const lookOnce = async (landing: Landing, refs?: RefSnapshot): Promise<Landing> => {
  const look = await lookAgain(landing.look, refs)
  const source = look.worktrees.worktrees.find(({ gitDir }) => gitDir === landing.source.gitDir)
  return { ...landing, look, source: source ?? landing.source }
}

/** Carries effects out on the grounds of what this landing saw, and gives what is there afterwards. */
export const carryOut = async (landing: Landing, effects: readonly Effect[]): Promise<Landing> => {
  const { after, warnings } = await apply(landing.context, { kind: 'plan', basis: landing.look.refs, effects })
  for (const text of warnings) landing.ports.say({ kind: 'warning', text })
  return after === landing.look.refs ? landing : await lookOnce(landing, after)
}
