import type { CommandSpec } from '../core/command-spec.ts'
import { WtError } from '../core/errors.ts'
import { HOOK_KINDS } from '../core/hooks.ts'
import { nearestName } from '../core/nearest.ts'
import { EXIT } from './exit-codes.ts'

/** The error for a word that is no command, no alias and no program, with what it may have been meant for. */
export const unknownCommand = (
  group: string,
  name: string,
  aliases: Iterable<string>,
  specs: readonly CommandSpec[],
): WtError => {
  const namesIn = (path: string): readonly string[] =>
    specs.find((spec) => spec.path.join(' ') === path)?.children.map((child) => child.name) ?? []
  const full = group === '' ? name : `${group} ${name}`
  const elsewhere = namesIn('step').includes(name)
    ? `step ${name}`
    : (HOOK_KINDS as readonly string[]).includes(name)
      ? `hook ${name}`
      : undefined
  const nearest = nearestName(name, [...namesIn(group), ...aliases])
  const meant = elsewhere ?? (nearest === undefined ? undefined : group === '' ? nearest : `${group} ${nearest}`)
  const hint = meant === undefined ? 'for the commands there are: wt --help' : `did you mean wt ${meant}?`
  return new WtError('COMMAND_UNKNOWN', `there is no command ${full}`, { hint, exitCode: EXIT.usage })
}
