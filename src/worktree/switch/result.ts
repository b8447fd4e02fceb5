import type { EffectReport } from '../../core/applied.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import type { Plan } from '../../core/plan.ts'
import type { SwitchRefusal } from './codes.ts'

/** Something worth telling besides the outcome; a hint says what to type. */
export interface Note {
  readonly kind: 'info' | 'warning'
  readonly text: string
  readonly hint?: string
}

/** What was made, where something was. */
export interface Created {
  /** The branch was made together with its worktree. */
  readonly branch: boolean
  readonly base?: string
  /** The remote branch that it was made from without being asked, which is its upstream. */
  readonly fromRemote?: string
}

interface Landed {
  /** Undefined in a detached worktree. */
  readonly branch: BranchName | undefined
  /** The worktree's root. */
  readonly path: AbsolutePath
}

export type SwitchOutcome =
  | { readonly kind: 'refused'; readonly refusal: SwitchRefusal }
  /** Something failed or was cancelled on the way: `error` is to be thrown on. */
  | {
      readonly kind: 'stopped'
      readonly error: unknown
      /** What is there nevertheless, and stays. */
      readonly made: (Landed & { readonly created: Created; readonly reports: readonly EffectReport[] }) | undefined
    }
  | (Landed & {
      readonly kind: 'planned'
      /** Undefined where there is nothing to make: the worktree is there. */
      readonly plan: Plan | undefined
      readonly created: Created | undefined
    })
  | (Landed & {
      readonly kind: 'done'
      readonly action: 'already_at' | 'existing' | 'created'
      readonly created: Created | undefined
      /** Where the shell goes: in the worktree, spelled as the user came. */
      readonly landing: AbsolutePath
      /** Whether the shell is to go there. */
      readonly cd: boolean
      readonly reports: readonly EffectReport[]
      /** The program to start there, and its arguments, expanded. */
      readonly program: readonly [string, ...string[]] | undefined
    })

export interface SwitchResult {
  readonly outcome: SwitchOutcome
  readonly notes: readonly Note[]
  /** Starts what runs in the background. Throws Interrupted. */
  readonly startHooks: () => void
}
