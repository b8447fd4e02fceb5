import { nearestName } from '../core/nearest.ts'

/** The global options, by whether they take a value. They may stand before the command's name as well. */
const GLOBAL: ReadonlyMap<string, boolean> = new Map([
  ['-C', true],
  ['--directory', true],
  ['--config', true],
  ['--config-set', true],
  ['-v', false],
  ['--verbose', false],
  ['-y', false],
  ['--yes', false],
])

/** A command line taken apart as far as finding the command goes. */
export type Request =
  | { readonly kind: 'help'; readonly topic: readonly string[] }
  | { readonly kind: 'version' }
  | { readonly kind: 'command'; readonly id: string; readonly argv: readonly string[] }
  /** A global option at the end that takes a value and has none. */
  | { readonly kind: 'valueless'; readonly option: string }
  | { readonly kind: 'unknown'; readonly name: string; readonly nearest: string | undefined }
  /** No command of ours: an alias perhaps, or a program `wt-<name>`. `group` is `step` or nothing. */
  | {
      readonly kind: 'name'
      readonly options: readonly string[]
      readonly group: string
      readonly words: readonly string[]
    }

/** The shells that completion answers. */
const COMPLETES = /^(?:bash|zsh|fish|nu|powershell)$/

/**
 * `COMPLETE=<shell> wt [-- WORDS…]`, as completion scripts ask: answered before anything of the command line is looked at.
 * Any other value of that variable is somebody else's.
 */
export const completionRequest = (
  words: readonly string[],
  { COMPLETE: shell = '' }: Readonly<Record<string, string | undefined>>,
): Request | undefined =>
  COMPLETES.test(shell)
    ? {
        kind: 'command',
        id: 'config:shell:completions',
        argv: [shell, ...(words[0] === '--' ? words : ['--', ...words])],
      }
    : undefined

/**
 * How many words the leading global options are, one more than there are where the last one lacks its value; `-Cpath` and
 * `--config=path` are one word.
 */
const leadingOptions = (words: readonly string[]): number => {
  let at = 0
  for (;;) {
    const word = words[at] ?? ''
    const takesValue = GLOBAL.get(word)
    if (takesValue !== undefined) at += takesValue ? 2 : 1
    else if (/^(-C.|--(config|config-set|directory)=|-[vy]{2,}$)/.test(word)) at += 1
    else return at
  }
}

const asksForHelp = (words: readonly string[]): boolean => {
  const end = words.indexOf('--')
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

/** The longest id whose words a command line begins with. */
const longestMatch = (words: readonly string[], ids: readonly string[]): string | undefined =>
  ids.filter((id) => id.split(':').every((part, at) => words[at] === part)).sort((a, b) => b.length - a.length)[0]

/** The words that may stand behind these in the name of a command. */
const wordsAfter = (group: readonly string[], ids: readonly string[]): readonly string[] =>
  ids
    .map((id) => id.split(':'))
    .flatMap((parts) => (group.every((word, at) => parts[at] === word) ? (parts[group.length] ?? []) : []))

/** The words of the longest group of commands that a command line begins with. */
const groupOf = (words: readonly string[], ids: readonly string[]): readonly string[] => {
  const further = words.findIndex((_, at) => wordsAfter(words.slice(0, at + 1), ids).length === 0)
  return words.slice(0, further < 0 ? words.length : further)
}

/** Behind these words stand names that are not ours to know. */
const NAMING: ReadonlySet<string> = new Set(['', 'step'])

/** Commands that mean nothing without a further word. */
const INCOMPLETE: ReadonlySet<string> = new Set(['hook'])

/**
 * Finds the command that a command line means. A group of commands named alone, or nothing at all, asks for help; a
 * command that needs a word more does too.
 */
export const readRequest = (words: readonly string[], ids: readonly string[]): Request => {
  const count = leadingOptions(words)
  if (count > words.length) return { kind: 'valueless', option: words.at(-1) as string }
  const rest = words.slice(count)
  const first = rest[0]
  if (first === '--version' || first === '-V') return { kind: 'version' }
  const id = longestMatch(rest, ids)
  const group = id === undefined ? groupOf(rest, ids) : []
  const named = rest[group.length]
  if (id === undefined && NAMING.has(group.join(' ')) && named !== undefined && !named.startsWith('-'))
    return { kind: 'name', options: words.slice(0, count), group: group.join(' '), words: rest.slice(group.length) }
  const help =
    first === undefined ||
    asksForHelp(rest) ||
    (group.length > 0 && rest.length === group.length) ||
    (rest.length === 1 && INCOMPLETE.has(first))
  if (help) return { kind: 'help', topic: id?.split(':') ?? group }
  if (id !== undefined) {
    return { kind: 'command', id, argv: [...words.slice(0, count), ...rest.slice(id.split(':').length)] }
  }
  const name = rest[group.length] ?? first
  const nearest = nearestName(name, wordsAfter(group, ids))
  const spelt = (word: string): string => [...group, word].join(' ')
  return { kind: 'unknown', name: spelt(name), nearest: nearest === undefined ? undefined : spelt(nearest) }
}
