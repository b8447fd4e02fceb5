import type { StageMode } from '../../core/config.ts'
import { carryOut, type Landing, lookOnce, refused } from './landing.ts'
import { refuseDetached, refuseOperation, refuseUnmerged, type WorkState } from './plan.ts'
import { nestedIn, readWorkState } from './work-state.ts'

/** A worktree whose work is staged, with what is not committed in it. */
interface Staged {
  readonly kind: 'staged'
  readonly landing: Landing
  readonly state: WorkState
}

type StagedOrRefused = Staged | ReturnType<typeof refused>

const MOST_NAMED = 10

/** Whether the mode finds something to put into the index. */
export const wantsStaging = (mode: StageMode, { unstaged, untracked }: WorkState): boolean =>
  mode !== 'none' && (unstaged.length > 0 || (mode === 'all' && untracked.length > 0))

const warn = ({ ports }: Landing, untracked: readonly string[]): void => {
  if (untracked.length === 0) return
  const shown = untracked.length > MOST_NAMED ? untracked.slice(0, MOST_NAMED - 1) : untracked
  ports.say({ kind: 'untracked', paths: shown, more: untracked.length - shown.length })
}

/** Stages by the mode, saying which untracked paths become part of the work. Unmerged paths are refused, each time. */
const stageOnce = async (
  landing: Landing,
  mode: StageMode,
  state: WorkState,
  told: readonly string[] = [],
): Promise<StagedOrRefused> => {
  const refusal = refuseUnmerged(state)
  if (refusal !== undefined) return refused(refusal)
  if (mode === 'none' || !wantsStaging(mode, state)) return { kind: 'staged', landing, state }
  if (mode === 'all')
    warn(
      landing,
      state.untracked.filter((path) => !told.includes(path)),
    )
  const { path: worktree } = landing.source
  const except = nestedIn(landing.look, landing.source)
  const next = await carryOut(landing, [{ kind: 'stage', worktree, mode, except }])
  return { kind: 'staged', landing: next, state: await readWorkState(next) }
}

export interface StageOptions {
  readonly mode: StageMode
  /** What must hold again after a hook: that no operation is open, and that a branch is checked out. */
  readonly gates: 'none' | 'on-branch'
  /** Without anything staged there is nothing for hooks to look at. */
  readonly hooksWithout: boolean
  /** What was found a moment ago, where somebody has just looked. */
  readonly seen?: WorkState | undefined
}

/**
 * Stages, runs the pre-commit hooks, and stages again, so that what a formatter did to the files is in the commit. After
 * a hook everything is looked up and asked again.
 */
export const stageWork = async (landing: Landing, options: StageOptions): Promise<StagedOrRefused> => {
  const { mode, gates, hooksWithout, seen } = options
  const first = await stageOnce(landing, mode, seen ?? (await readWorkState(landing)))
  if (first.kind === 'refused' || (first.state.staged.length === 0 && !hooksWithout)) return first
  const ran = await landing.ports.hooks.before('pre-commit', first.landing)
  if (!ran) return first
  const next = await lookOnce(first.landing)
  const refusal = gates === 'none' ? undefined : (refuseOperation(next.source) ?? refuseDetached(next.source))
  if (refusal !== undefined) return refused(refusal)
  return await stageOnce(next, mode, await readWorkState(next), first.state.untracked)
}
