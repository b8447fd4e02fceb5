import type { CommandSpec, FlagSpec, Offer } from '../../core/command-spec.ts'
import { posixQuoted } from '../quote.ts'

const offerText = (offer: Offer): string => (typeof offer === 'string' ? `:${offer}` : offer.join(' '))

/** One call of `flag`, `sub` or `takes` (see scripts/candidates.sh). What is empty at the end is left out. */
const line = (...words: readonly string[]): string =>
  words
    .slice(0, words.findLastIndex((word) => word !== '') + 1)
    .map(posixQuoted)
    .join(' ')

const flagLine = ({ names, summary, value }: FlagSpec, told: boolean): string =>
  line('flag', names.join(' '), value === undefined ? '' : offerText(value), told ? summary : '')

/**
 * The body of `table` in scripts/candidates.sh: for each command its subcommands, flags and arguments. What all
 * commands have is written once. Without `told` there are no summaries, for a shell that shows none.
 */
export const completionTable = (specs: readonly CommandSpec[], { told }: { readonly told: boolean }): string => {
  const flags = specs.map((spec) => spec.flags.map((flag) => flagLine(flag, told)))
  const common = (flags[0] ?? []).filter((each) => flags.every((lines) => lines.includes(each)))
  const branches = specs.map(({ path, children, positions, repeats }, at) => [
    `${posixQuoted(path.join(' '))})`,
    ...children.map(({ name, summary }) => line('sub', name, told ? summary : '')),
    ...(positions.length === 0 ? [] : [line('takes', repeats ? 'many' : 'once', ...positions.map(offerText))]),
    ...(flags[at] ?? []).filter((each) => !common.includes(each)),
    ';;',
  ])
  return ['case $1 in', ...branches.flat(), 'esac', ...common].join('\n')
}
