import { openGit } from '../../../git/git.ts'
import { openWriter } from '../../../git/writer.ts'
import { type RemovePorts, removeAll } from '../../remove/remove-all.ts'
import type { RemoveResult } from '../../remove/result.ts'
import { type Doable, isDoable, planSteps, type RemovalOptions, type Seen } from '../../remove/steps.ts'
import { isElsewhere, type Landing, type refused } from '../landing.ts'
import { holderOf, refuse } from '../plan.ts'
import type { BranchTarget } from '../target.ts'
import { readWorkState } from '../work-state.ts'
import { refuseCleanUp } from './plan.ts'

/** What a removal needs of the process, beyond what a landing does. */
export type LeavePorts = Pick<RemovePorts, 'startedIn' | 'handOff' | 'program' | 'progress'>

/** A worktree that has landed and may go. */
export interface Leaving {
  readonly kind: 'leaving'
  readonly landing: Landing
  readonly step: Doable
  readonly options: RemovalOptions
  readonly seen: Seen
}

/** The same landing, seen from the git directory that all worktrees share: this one's is about to go. */
const fromCommon = (landing: Landing): Landing => {
  const { look, ports, context, source } = landing
  const { commonDir } = look.repository.layout
  const git = openGit(commonDir, ports.env)
  const repository = { ...look.repository, git }
  const writer = openWriter(commonDir, ports.env)
  const current = isElsewhere(landing) ? undefined : source
  return { ...landing, look: { ...look, repository, current }, context: { ...context, reader: git, writer } }
}

/**
 * Plans the removal of what has landed, as things are now: the target is what proves that the branch can go. Refuses
 * where anything is left in the worktree.
 */
export const planLeaving = async (
  landing: Landing,
  target: BranchTarget,
): Promise<Leaving | ReturnType<typeof refused>> => {
  const common = fromCommon(landing)
  const { look, source } = common
  const { keep: limit } = look.config.remove
  const options: RemovalOptions = { deleteBranch: true, forceDelete: false, force: false, limit, judge: target.branch }
  const seen: Seen = (branch) => look.refs.tip(branch)
  const [step] = await planSteps(look, [{ kind: 'worktree', worktree: source }], options, { seen, confirm: false })
  if (step === undefined) throw new TypeError('a removal was not planned')
  if (step.kind === 'failed') throw step.error
  if (isDoable(step)) return { kind: 'leaving', landing: common, step, options, seen }
  const own = refuseCleanUp(source, look.defaultBranch, await readWorkState(landing))
  const { message, hint } = step.refusal
  return {
    kind: 'refused',
    refusal: own ?? refuse('WORKTREE_KEPT', `the work has landed; ${source.path} stays: ${message}`, hint),
  }
}

/** Takes worktree and branch away, and the shell to the target's worktree if it stands there. */
export const leave = (
  ports: LeavePorts,
  { landing, step, options, seen }: Leaving,
  target: BranchTarget,
): Promise<RemoveResult> => {
  const { look } = landing
  const destination = holderOf(look.worktrees, target.branch) ?? look.primary
  const manner = { foreground: false, reap: false, destination }
  return removeAll({ ...landing.ports, ...ports }, look, [step], { options, seen }, manner)
}
