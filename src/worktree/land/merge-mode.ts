import type { MergeConfig, StageMode } from '../../core/config.ts'
import type { Landing } from './landing.ts'

export interface MergeOptions {
  readonly target: string | undefined
  /** Names the worktree whose branch is merged; undefined: the one at hand. */
  readonly branch: string | undefined
  readonly stage: StageMode | undefined
  /** What the command line says; the configuration has the rest. */
  readonly flags: { readonly [Key in keyof MergeConfig]?: boolean | undefined }
  readonly dryRun: boolean
}

/** The flags as they count: without commits there is nothing to squash. */
export interface MergeMode extends MergeConfig {
  readonly stage: StageMode
}

/** What the command line says, else the configuration of the worktree whose work lands. */
export const mergeModeOf = ({ look }: Landing, { flags, stage }: MergeOptions): MergeMode => {
  const { merge, commit } = look.config
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined))
  const mode = { ...merge, ...given }
  return { ...mode, squash: mode.squash && mode.commit, stage: stage ?? commit.stage }
}
