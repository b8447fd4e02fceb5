import type { CommandSpec } from './command-spec.ts'

/** A command of `wt` that has the name of an alias, and how the alias can be run all the same. */
export interface Shadow {
  /** The words of the command. */
  readonly command: string
  /** The words that run the alias; undefined where none do. */
  readonly instead: string | undefined
}

/** What keeps an alias from being run by its name; undefined where nothing does. Commands of `wt` come first. */
export const shadowOf = (alias: string, specs: readonly CommandSpec[]): Shadow | undefined => {
  const has = (path: string): boolean =>
    specs.find((spec) => spec.path.join(' ') === path)?.children.some(({ name }) => name === alias) ?? false
  if (!has('')) return undefined
  return { command: `wt ${alias}`, instead: has('step') ? undefined : `wt step ${alias}` }
}
