import type { AbsolutePath } from '../../core/ids.ts'
import type { ApprovalPorts } from '../../hooks/approve.ts'
import type { HookEvent } from '../../hooks/result.ts'
import type { LookPorts } from '../look.ts'

export interface SwitchPorts extends LookPorts {
  /** How hooks speak and ask. */
  readonly voice: {
    readonly shellCwd: string | undefined
    readonly words: readonly string[]
    readonly say: (event: HookEvent) => void
    readonly approval: Omit<ApprovalPorts, 'approvedBefore'>
  }
  /** The command line, for the journal. */
  readonly command: readonly string[]
  /** Somebody is watching stderr: git may show its progress there. */
  readonly heard: boolean
  /** Where the process was started, whatever -C says; undefined when that directory is gone. */
  readonly startedIn: AbsolutePath | undefined
  /** The directory that the command was started in has been deleted. */
  readonly recovered: boolean
}

export interface SwitchOptions {
  /** A branch, the path of a worktree, or a shortcut. */
  readonly target: string
  readonly create: boolean
  readonly base: string | undefined
  /** Where a new worktree goes, instead of where the template says. */
  readonly path: string | undefined
  readonly clobber: boolean
  /** Take the uncommitted changes of this worktree along to the new one. */
  readonly carry: boolean
  /** Undefined: as configured. */
  readonly cd: boolean | undefined
  readonly execute: { readonly program: string; readonly args: readonly string[] } | undefined
  /** Hooks run, and so the project's configuration counts. */
  readonly hooks: boolean
  /** Plan only. */
  readonly dryRun: boolean
}
