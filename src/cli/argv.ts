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

/** Finds the command that a command line means: the longest one whose words come first. */
export const readRequest = (words: readonly string[], ids: readonly string[]): Request => {
  const count = leadingOptions(words)
  const [globals, rest] = [words.slice(0, count), words.slice(count)]
  const first = rest[0]
  if (first === '--version' || first === '-V') return { kind: 'version' }
  const names = rest.slice(0, Math.max(0, rest.findIndex((word, at) => at === rest.length || word.startsWith('-'))) || rest.length)
  const id = ids
    .filter((each) => each.split(':').every((part, at) => rest[at] === part))
    .sort((a, b) => b.length - a.length)[0]
  const topic = ids.some((each) => each.startsWith(`${first}:`))
  if (asksForHelp(rest) || first === undefined) return { kind: 'help', topic: id?.split(':') ?? (topic && first ? [first] : []) }
  if (id !== undefined) return { kind: 'command', id, argv: [...globals, ...rest.slice(id.split(':').length)] }
  if (topic && names.length === 1) return { kind: 'help', topic: [first] }
  const known = ids.map((each) => each.split(':')[0] as string)
  return { kind: 'unknown', name: first, nearest: nearestName(first, known) }
}
