import type { Environment } from '../git/environment.ts'
import { readRequest } from './argv.ts'

const SHORT = /^-[vy]*v[vy]*$/

const verbose = (word: string): number => (word === '--verbose' ? 1 : SHORT.test(word) ? word.split('v').length - 1 : 0)

/** The words that `wt` reads itself: none behind `--`, none behind the name of an alias. */
const ownWords = (words: readonly string[], commands: readonly string[]): readonly string[] => {
  const request = readRequest(words, commands)
  if (request.kind === 'name') return request.options
  if (request.kind !== 'command') return []
  const end = request.argv.indexOf('--')
  return end < 0 ? request.argv : request.argv.slice(0, end)
}

/** How much is to be told: 0, 1 for `-v`, 2 for `-vv`. `WT_VERBOSE` can say so too; the higher one counts. */
export const verbosityOf = (
  words: readonly string[],
  { WT_VERBOSE = '' }: Environment,
  commands: readonly string[],
): number => {
  const told = /^[012]$/.test(WT_VERBOSE) ? Number(WT_VERBOSE) : 0
  if (!words.some((word) => verbose(word) > 0)) return told
  const typed = ownWords(words, commands).reduce((level, word) => level + verbose(word), 0)
  return Math.min(2, Math.max(typed, told))
}
