import { isConfigured, withPrograms } from './consent.ts'
import { decide } from './finish/run.ts'
import type { HooksWanted } from './hooks.ts'
import { isElsewhere, type Landing } from './landing.ts'
import type { MergeMode } from './merge-mode.ts'
import type { WorkState } from './plan.ts'
import { tryStaging } from './preview.ts'
import { wantsStaging } from './stage.ts'
import type { BranchTarget } from './target.ts'

/** Whether a commit is going to be made. What staging leaves is only tried where somebody has to be asked for it. */
const willCommit = async (landing: Landing, mode: MergeMode, state: WorkState): Promise<boolean> => {
  if (!mode.commit || mode.squash || state.staged.length > 0) return mode.commit
  if (!wantsStaging(mode.stage, state)) return false
  const { command } = landing.look.config.commit.generation
  if (command === undefined && !isConfigured(landing, ['pre-commit', 'post-commit'])) return true
  return (await tryStaging(landing, mode.stage, async (tried) => tried.state.staged.length > 0)) === true
}

/** The one question about everything that the merge will run. */
export const askForMerge = async (
  landing: Landing,
  { target, state }: { readonly target: BranchTarget; readonly state: WorkState },
  mode: MergeMode,
): Promise<Landing> => {
  const commits = await willCommit(landing, mode, state)
  const goes = mode.remove && landing.source.branch !== target.branch
  const moves = decide(landing, target, mode.remove).kind === 'remove' && !isElsewhere(landing)
  const kinds: HooksWanted['kinds'] = [
    ...(commits ? (['pre-commit', 'post-commit'] as const) : []),
    'pre-merge',
    ...(goes ? (['pre-remove', 'post-remove'] as const) : []),
    'post-merge',
    ...(moves ? (['post-switch'] as const) : []),
  ]
  return await withPrograms(landing, { verify: mode.verify, commits, kinds, target: target.branch })
}
