import type { HookKind } from '../../core/hooks.ts'

/** Before these something may still be stopped; they run in the worktree that lands, and throw to stop it. */
export type HookPoint = HookKind & ('pre-commit' | 'pre-merge' | 'pre-remove')

/** After these nothing can be stopped any more; they are noted, and run when the command is done. */
export type AfterPoint = HookKind & ('post-commit' | 'post-merge' | 'post-remove' | 'post-switch')

/** The places at which the user's own programs take part. What a landing knew before one ran, it looks up again. */
export interface LandHooks<Place> {
  /** Answers whether anything ran. */
  readonly before: (point: HookPoint, landing: Place) => Promise<boolean>
  readonly after: (point: AfterPoint, landing: Place) => void
  /** Starts what was noted: once, when everything is done. */
  readonly start: () => Promise<void>
}

/** No programs take part. */
export const NO_HOOKS: LandHooks<unknown> = {
  before: async () => false,
  after: () => undefined,
  start: async () => undefined,
}

/** What a landing is about to run, if it is configured. */
export interface HooksWanted {
  readonly kinds: readonly (HookPoint | AfterPoint)[]
  /** The branch that is landed on, or what a squash is measured from. */
  readonly target: string | undefined
}

/** The user's own programs, before anybody has been asked about them. */
export interface LandPrograms<Place> {
  /** Asks about all of them at once, before anything is changed. */
  readonly open: (landing: Place, wanted: HooksWanted) => Promise<LandHooks<Place>>
  /** What the project adds to the prompt for a message, if that is approved; `ask`: or if it is now. */
  readonly guidance: (landing: Place, how: { readonly ask: boolean }) => Promise<string | undefined>
}

/** For those who have none. */
export const NO_PROGRAMS: LandPrograms<unknown> = { open: async () => NO_HOOKS, guidance: async () => undefined }
