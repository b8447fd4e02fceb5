/** Before these something may still be stopped; they run in the worktree that lands, and throw to stop it. */
type HookPoint = 'pre-commit' | 'pre-merge' | 'pre-remove'

/** After these nothing can be stopped any more; they are noted, and run when the command is done. */
type AfterPoint = 'post-commit' | 'post-merge' | 'post-remove' | 'post-switch'

/** The places at which the user's own programs take part. What a landing knew before one ran, it looks up again. */
export interface LandHooks<Place> {
  /** Answers whether anything ran. */
  readonly before: (point: HookPoint, landing: Place) => Promise<boolean>
  readonly after: (point: AfterPoint, landing: Place) => void
}

/** No programs take part. */
export const NO_HOOKS: LandHooks<unknown> = { before: async () => false, after: () => undefined }
