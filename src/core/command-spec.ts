/**
 * What an argument or the value of a flag can be, for completion:
 * - `branch`: what `switch` takes; branches of worktrees, local ones, remote ones without their remote.
 * - `local-branch`: branches of worktrees, then the other local ones.
 * - `worktree`: branches that are checked out in a worktree.
 * - `revision`: as `branch`, with remote ones under their full name.
 * - `alias`: the configured aliases.
 * - `hook-name`: commands of the hook that the first argument names.
 * - `file`, `directory`, `command`: what the shell completes by itself.
 * - `none`: free text.
 */
export type Completes =
  | 'branch'
  | 'local-branch'
  | 'worktree'
  | 'revision'
  | 'alias'
  | 'hook-name'
  | 'file'
  | 'directory'
  | 'command'
  | 'none'

/** What completion offers in one place: fixed values, or a kind of thing. */
export type Offer = readonly string[] | Completes

/** A flag as completion knows it. `names` are all spellings, long ones first. */
export interface FlagSpec {
  readonly names: readonly string[]
  readonly summary: string
  /** What its value may be; undefined for a flag without one. */
  readonly value?: Offer
}

/** A command, or a group of commands, as completion knows it. */
export interface CommandSpec {
  /** Its words, without the program's name; none for the program itself. */
  readonly path: readonly string[]
  readonly summary: string
  readonly flags: readonly FlagSpec[]
  /** What the positional arguments may be, in order. */
  readonly positions: readonly Offer[]
  /** Whether the last position may be filled more than once. */
  readonly repeats: boolean
  /** The commands one word below it, that are not hidden. */
  readonly children: readonly { readonly name: string; readonly summary: string }[]
}
