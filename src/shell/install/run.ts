import { WtError } from '../../core/errors.ts'
import { SHELLS, type Shell } from '../shells.ts'
import { applyStep } from './apply.ts'
import { isInstalled, lookAtShells } from './look.ts'
import type { InstallPlace } from './place.ts'
import { planInstall, planUninstall } from './plan.ts'
import type { InstallPlan, InstallResult, Step } from './result.ts'
import type { Site } from './site.ts'

export interface InstallOptions {
  readonly action: 'install' | 'uninstall'
  /** Undefined: all of which there are traces. */
  readonly shell: Shell | undefined
  readonly name: string
  readonly dryRun: boolean
}

/** Asks whether to go on; it is shown what would be done. */
export type Confirm = (planned: InstallResult) => Promise<boolean>

/** Whatever is known to start zsh's completion system, directly or within. */
const STARTS_COMPLETION = /compinit|oh-my-zsh|prezto|zim|zinit|antigen|antidote|zplug|zgen|grml/

const lacksCompinit = (sites: readonly Site[], steps: readonly Step[]): boolean =>
  sites.some(
    (site) =>
      site.shell === 'zsh' &&
      site.kind === 'line' &&
      steps.some(({ kind, shell }) => kind === 'append' && shell === 'zsh') &&
      !(site.file.state.kind === 'file' && STARTS_COMPLETION.test(site.file.state.text)),
  )

const applyAll = (
  steps: readonly Step[],
): { readonly done: readonly Step[]; readonly problems: readonly WtError[] } => {
  const done: Step[] = []
  const problems: WtError[] = []
  for (const step of steps) {
    try {
      if (applyStep(step)) done.push(step)
    } catch (error) {
      if (!(error instanceof WtError)) throw error
      problems.push(error)
    }
  }
  return { done, problems }
}

/**
 * Puts the integration into the shells, or takes it out. Throws NO_SHELL_FILE when there is nothing to put it into.
 * What fails for one file does not stop the others.
 */
export const runInstall = async (
  place: InstallPlace,
  { action, shell, name, dryRun }: InstallOptions,
  confirm: Confirm,
): Promise<InstallResult> => {
  const sites = lookAtShells(place, shell === undefined ? SHELLS : [shell], name)
  const plan: InstallPlan = action === 'install' ? planInstall(sites, name, shell !== undefined) : planUninstall(sites)
  const skipped = plan.skipped.filter((note) => isInstalled(note.shell, place.env))
  if (action === 'install' && plan.steps.length + plan.settled.length + plan.problems.length === 0) {
    throw new WtError(
      'NO_SHELL_FILE',
      `there is no start-up file ${shell === undefined ? 'of a shell' : `of ${shell}`} to add to`,
      {
        hint: 'name a shell that is installed: wt config shell install bash',
      },
    )
  }
  const planned: InstallResult = {
    ...plan,
    action,
    outcome: 'planned',
    skipped,
    restart: false,
    needsCompinit: action === 'install' && lacksCompinit(sites, plan.steps),
  }
  if (dryRun || plan.steps.length === 0) return dryRun ? planned : { ...planned, outcome: 'done' }
  if (!(await confirm(planned))) return { ...planned, outcome: 'declined' }
  const { done, problems } = applyAll(plan.steps)
  const restart = done.length > 0 && (action === 'uninstall' || !place.env['WT_DIRECTIVE_CD_FILE'])
  return { ...planned, outcome: 'done', steps: done, problems: [...plan.problems, ...problems], restart }
}
