import type { Shell } from '../shells.ts'

/** The integration of one shell. */
export interface ShellState {
  readonly shell: Shell
  /** Whether the shell's program is on PATH. */
  readonly available: boolean
  /** `outdated`: files of ours that a new install would change. */
  readonly state: 'installed' | 'outdated' | 'absent'
  /** Where it is or would be. */
  readonly paths: readonly string[]
  /** The lines of a start-up file, as they are or would be; none where whole files are written. */
  readonly lines: readonly string[]
}

export interface ShowResult {
  readonly shells: readonly ShellState[]
  /** Whether `wt` was run by the wrapper, so that it can change the directory of the shell. */
  readonly loaded: boolean
}
