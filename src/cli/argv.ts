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
  | { readonly kind: 'unknown'; readonly name: string; readonly nearest: string | undefined }

/** Splits leading global options off; `-Cpath` and `--config=path` are one word. */
const leadingOptions = (words: readonly string[]): number => {
  let at = 0
  for (;;) {
    const word = words[at] ?? ''
    const takesValue = GLOBAL.get(word)
    if (takesValue !== undefined) at += takesValue ? 2 : 1
    else if (/^(-C.|--(config|config-set|directory)=|-[vy]{2,}$)/.test(word)) at += 1
    else return Math.min(at, words.length)
  }
}

const asksForHelp = (words: readonly string[]): boolean => {
  const end = words.indexOf('--')
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

/** The longest id whose words a command line begins with. */
const longestMatch = (words: readonly string[], ids: readonly string[]): string | undefined =>
  ids.filter((id) => id.split(':').every((part, at) => words[at] === part)).sort((a, b) => b.length - a.length)[0]

/** The words of the longest group of commands that a command line begins with. */
const groupIn = (words: readonly string[], ids: readonly string[]): readonly string[] => {
  let count = 0
  while (count < words.length && ids.some((id) => id.startsWith(`${words.slice(0, count + 1).join(':')}:`))) count++
  return words.slice(0, count)
}

/** Finds the command that a command line means. A group of commands named alone, or nothing at all, asks for help. */
export const readRequest = (words: readonly string[], ids: readonly string[]): Request => {
  const count = leadingOptions(words)
  const rest = words.slice(count)
  const first = rest[0]
  if (first === '--version' || first === '-V') return { kind: 'version' }
  const id = longestMatch(rest, ids)
  const group = id === undefined ? groupIn(rest, ids) : []
  const help = first === undefined || asksForHelp(rest) || (group.length > 0 && rest.length === group.length)
  if (help) return { kind: 'help', topic: id?.split(':') ?? group }
  if (id !== undefined) {
    return { kind: 'command', id, argv: [...words.slice(0, count), ...rest.slice(id.split(':').length)] }
  }
  const word = rest[group.length] ?? first
  const inside = (text: string): string => [...group, text].join(' ')
  const known = ids
    .map((each) => each.split(':'))
    .filter((parts) => group.every((part, at) => parts[at] === part))
    .map((parts) => parts[group.length] ?? '')
  const nearest = nearestName(word, known)
  return { kind: 'unknown', name: inside(word), nearest: nearest && inside(nearest) }
}
