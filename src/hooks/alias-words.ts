import { type GivenVariables, UNBINDABLE } from './variables.ts'

/** What the words behind an alias come to. */
export interface AliasWords extends GivenVariables {
  /** `--help` was asked for, and no template has a use for it. */
  readonly help: boolean
  /** `--dry-run` was asked for, and no template has a use for it. */
  readonly dryRun: boolean
  /** Keys that were given something that looks like a flag. */
  readonly suspicious: readonly string[]
}

/**
 * Sorts the words behind an alias. `--KEY=VALUE` and `--KEY VALUE` bind a name that one of its templates reads; everything
 * else, and all that follows `--`, goes to `args`.
 */
export const readAliasWords = (words: readonly string[], reads: ReadonlySet<string>): AliasWords => {
  const end = words.indexOf('--')
  const before = end < 0 ? words : words.slice(0, end)
  const values: Record<string, string> = {}
  const args: string[] = []
  const suspicious: string[] = []
  let [help, dryRun] = [false, false]
  for (let at = 0; at < before.length; at++) {
    const word = before[at] as string
    const [, written, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    const key = written?.replaceAll('-', '_')
    const value = inline ?? before[at + 1]
    if (key !== undefined && reads.has(key) && !UNBINDABLE.has(key) && value !== undefined) {
      values[key] = value
      if (value.startsWith('--')) suspicious.push(key)
      if (inline === undefined) at++
    } else if ((word === '--help' || word === '-h') && !reads.has('help')) help = true
    else if (word === '--dry-run') dryRun = true
    else args.push(word)
  }
  return { values, args: end < 0 ? args : [...args, ...words.slice(end + 1)], help, dryRun, suspicious }
}
