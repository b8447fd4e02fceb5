import { WtError } from '../core/errors.ts'
import { compileTemplate } from '../template/expand.ts'
import type { SelectedHook } from './selection.ts'
import { type GivenVariables, UNBINDABLE } from './variables.ts'

/** The words behind `wt hook <kind>`, sorted but not yet judged: that takes the templates. */
export interface HookWords {
  readonly filters: readonly string[]
  /** `--KEY=VALUE` as written. */
  readonly bindings: readonly string[]
  /** `--var KEY=VALUE`, without the first word. */
  readonly forced: readonly string[]
  /** What stands behind `--`. */
  readonly rest: readonly string[]
}

/** Flags of the command itself, by whether they take a value. */
const OWN: ReadonlyMap<string, boolean> = new Map([
  ...['-y', '--yes', '--dry-run', '--foreground', '-v', '--verbose', '-h', '--help'].map(
    (flag) => [flag, false] as const,
  ),
  ...['-C', '--directory', '--config', '--config-set'].map((flag) => [flag, true] as const),
])

const isOwn = (word: string): boolean =>
  OWN.has(word) || /^(?:-C.|-[vy]{2,}$|--(?:directory|config|config-set)=)/.test(word)

/** Sorts a command line into the command's own flags and everything else. */
export const readHookWords = (
  words: readonly string[],
): { readonly own: readonly string[]; readonly words: HookWords } => {
  const own: string[] = []
  const found = { filters: [] as string[], bindings: [] as string[], forced: [] as string[] }
  const end = words.indexOf('--')
  const before = end < 0 ? words : words.slice(0, end)
  for (let at = 0; at < before.length; at++) {
    const word = before[at] as string
    if (isOwn(word)) {
      own.push(word)
      if (OWN.get(word) === true) own.push(...before.slice(++at, at + 1))
    } else if (word === '--var') found.forced.push(before[++at] ?? '')
    else if (word.startsWith('--var=')) found.forced.push(word.slice('--var='.length))
    else if (/^--[^=]+=/.test(word)) found.bindings.push(word)
    // The parser says what is wrong with any other flag.
    else if (word.startsWith('-')) own.push(word)
    else found.filters.push(word)
  }
  return { own, words: { ...found, rest: end < 0 ? [] : words.slice(end + 1) } }
}

const pairOf = (text: string): readonly [string, string] => {
  const at = text.indexOf('=')
  return [text.slice(0, at).replaceAll('-', '_'), text.slice(at + 1)]
}

/**
 * What the bindings mean to these templates: a key that one of them reads is bound, any other word goes to `args`.
 * Throws HOOK_UNKNOWN for a `--var` that binds nothing.
 */
export const givenVariables = async (
  hooks: readonly SelectedHook[],
  { bindings, forced, rest }: HookWords,
): Promise<GivenVariables> => {
  const templates = hooks.flatMap(({ steps }) => steps.flat())
  const compiled = await Promise.all(templates.map(({ template }) => compileTemplate(template, { quoting: 'shell' })))
  const read = new Set(compiled.flatMap(({ names }) => names.map(({ name }) => name)))
  const values: Record<string, string> = {}
  const args: string[] = []
  for (const word of bindings) {
    const [key, value] = pairOf(word.slice(2))
    if (read.has(key) && !UNBINDABLE.has(key)) values[key] = value
    else args.push(word)
  }
  for (const word of forced) {
    const [key, value] = pairOf(word)
    if (!word.includes('=') || key === '' || UNBINDABLE.has(key))
      throw new WtError('HOOK_UNKNOWN', `--var takes KEY=VALUE, not ${word}`)
    values[key] = value
  }
  return { values, args: [...args, ...rest] }
}
