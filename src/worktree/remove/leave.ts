import type { AbsolutePath } from '../../core/ids.ts'
import type { Worktree } from '../../core/worktrees.ts'
import { canonical } from '../../git/paths.ts'
import type { HandOff } from '../../host/hand-off.ts'
import { landingIn, type ShellPlace } from '../landing.ts'
import type { Look } from '../look.ts'
import type { LandingResult, RemovalOutcome } from './result.ts'
import type { Doable } from './steps.ts'

/** Whether the caller stands in the worktree: by what the command works on, or by where the shell is. */
const isLeft = ({ current }: Look, worktree: Worktree, shell: ShellPlace | undefined): boolean => {
  if (worktree === current) return true
  const path = canonical(worktree.path)
  return shell !== undefined && (shell.real === path || shell.real.startsWith(`${path}/`))
}

/** The one of the steps that takes the worktree away which the caller stands in. */
export const leftBy = (
  look: Look,
  steps: readonly Doable[],
  shell: ShellPlace | undefined,
): (Doable & { readonly kind: 'worktree' }) | undefined =>
  steps.find(
    (step): step is Doable & { readonly kind: 'worktree' } =>
      step.kind === 'worktree' && isLeft(look, step.target.worktree, shell),
  )

/** Where the shell goes when its worktree is removed: to the primary one, in a bare repository perhaps to its directory. */
export const placeAfter = (
  { primary, repository }: Look,
  left: Worktree,
  shell: ShellPlace | undefined,
): AbsolutePath =>
  landingIn(primary === undefined || primary === left ? repository.root : primary.path, left.path, shell)

/** Tells the shell where to go, if it has to go anywhere; that it can't be told is a failure of the command. */
export const tellShell = (
  handOff: HandOff,
  path: AbsolutePath | undefined,
): { readonly landing: LandingResult | undefined; readonly failures: readonly RemovalOutcome[] } => {
  if (path === undefined) return { landing: undefined, failures: [] }
  if (handOff.kind === 'none') return { landing: { path, stays: handOff.why }, failures: [] }
  try {
    handOff.goTo(path)
    return { landing: { path, stays: undefined }, failures: [] }
  } catch (error) {
    return { landing: undefined, failures: [{ kind: 'failed', error }] }
  }
}
