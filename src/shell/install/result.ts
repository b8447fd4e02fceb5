import type { WtError } from '../../core/errors.ts'
import type { Shell } from '../shells.ts'
import type { LineShell } from './lines.ts'

/** One change to one file. Each carries what the file was when it was planned, so that nothing else is touched. */
export type Step =
  | {
      readonly kind: 'append'
      readonly shell: LineShell
      readonly path: string
      readonly name: string
      readonly line: string
      readonly creates: boolean
    }
  | {
      readonly kind: 'cut'
      readonly shell: LineShell
      readonly path: string
      readonly before: string
      readonly lines: readonly string[]
    }
  | {
      readonly kind: 'write'
      readonly shell: Shell
      readonly path: string
      readonly before: string | undefined
      readonly text: string
    }
  | { readonly kind: 'delete'; readonly shell: Shell; readonly path: string; readonly before: string }

/** A shell that needs nothing, or is left out, and the file that says so. */
export interface Note {
  readonly shell: Shell
  readonly path: string
}

export interface InstallPlan {
  readonly steps: readonly Step[]
  /** Has it already (install), or has nothing of it (uninstall). */
  readonly settled: readonly Note[]
  /** Installed shells whose file does not exist. */
  readonly skipped: readonly Note[]
  readonly problems: readonly WtError[]
}

export interface InstallResult {
  readonly action: 'install' | 'uninstall'
  readonly outcome: 'planned' | 'declined' | 'done'
  /** What was done, or, when only planned, what would be. */
  readonly steps: readonly Step[]
  readonly settled: readonly Note[]
  readonly skipped: readonly Note[]
  readonly problems: readonly WtError[]
  /** The shell has to be started anew for it to take effect. */
  readonly restart: boolean
  /** zsh got the integration, and nothing in its file starts the completion system. */
  readonly needsCompinit: boolean
}
