import { WtError } from '../../core/errors.ts'
import { lookAt } from '../look.ts'
import { approvedHooks, type RemovalHooks, type RemoveCommandPorts } from './hooks.ts'
import { plannedOutcome, unmetOutcome } from './outcomes.ts'
import { outOf, removeAll } from './remove-all.ts'
import type { RemovalOutcome, RemoveResult } from './result.ts'
import { isDoable, planSteps, type RemovalOptions, type Seen } from './steps.ts'
import { findTargets } from './targets.ts'

export interface RemoveOptions {
  /** Branches, paths, shortcuts; none means the worktree at hand. */
  readonly targets: readonly string[]
  readonly force: boolean
  readonly forceDelete: boolean
  /** Undefined: as configured. */
  readonly deleteBranch: boolean | undefined
  /** Come back when the files are gone. */
  readonly foreground: boolean
  /** End processes that work in the worktrees. */
  readonly reap: boolean
  /** Plan only. */
  readonly dryRun: boolean
}

const disagreement = (): WtError =>
  new WtError('FLAGS_DISAGREE', '-D deletes the branch, and the branch is to be kept', {
    hint: 'leave -D out, or pass --delete-branch where the configuration has remove.delete-branch = false',
  })

/**
 * Removes worktrees and branches: looks at all of them first, then goes on with those that may go. One that fails does
 * not keep the others. Hooks are approved before any change. Throws what `lookAt` and `approve` throw, CONFIG_INVALID where
 * hooks can't be read, and FLAGS_DISAGREE.
 */
export const runRemove = async (ports: RemoveCommandPorts, options: RemoveOptions): Promise<RemoveResult> => {
  const { dryRun, force, forceDelete } = options
  const first = await lookAt(ports, { lookOnly: dryRun })
  const deleteBranch = options.deleteBranch ?? first.config.remove.deleteBranch
  if (forceDelete && !deleteBranch) throw disagreement()
  const { targets, failures, warnings: noted } = findTargets(first, options.targets, ports)
  const look = outOf({ ...first, warnings: [...first.warnings, ...noted] }, targets)
  const seen: Seen = (branch) => look.refs.tip(branch)
  const removal: RemovalOptions = { deleteBranch, forceDelete, force, limit: look.config.remove.keep }
  const steps = await planSteps(look, targets, removal, { seen, confirm: targets.length > 1 })
  const doable = steps.filter(isDoable)
  const unmet: RemovalOutcome[] = [
    ...failures.map((error) => ({ kind: 'failed', error }) as const),
    ...steps.flatMap((step) => (isDoable(step) ? [] : [unmetOutcome(step)])),
  ]
  const untouched = { landing: undefined, reaped: undefined, started: [], declined: false, interrupted: undefined }
  if (dryRun || doable.length === 0) {
    const outcomes = [...unmet, ...(dryRun ? doable.map(plannedOutcome) : [])]
    return { ...untouched, outcomes, warnings: look.warnings }
  }
  let hooks: RemovalHooks
  try {
    hooks = await approvedHooks(ports, look, doable)
  } catch (error) {
    if (unmet.length === 0) throw error
    return { ...untouched, outcomes: [...unmet, { kind: 'failed', error }], warnings: look.warnings }
  }
  const judging = { options: removal, seen }
  const { outcomes, warnings, ...done } = await removeAll({ ...ports, ...hooks.calls }, look, doable, judging, options)
  const told = [...look.warnings, ...hooks.warnings, ...warnings]
  return { ...done, outcomes: [...unmet, ...outcomes], warnings: told, declined: hooks.declined }
}
