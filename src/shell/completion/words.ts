import type { CommandSpec, FlagSpec, Offer } from '../../core/command-spec.ts'

/** A command line that stops at the cursor, as far as completion has to understand it. */
export interface PartialLine {
  readonly spec: CommandSpec
  /** What `-C` says. */
  readonly directory: string | undefined
  /** The first argument of the command. */
  readonly first: string | undefined
  /** What the current word is: the value of a flag, an argument at this place, or something after `--`. */
  readonly at:
    | { readonly kind: 'value'; readonly offer: Offer }
    | { readonly kind: 'argument'; readonly position: number }
    | { readonly kind: 'rest' }
}

const DIRECTORY = new Set(['-C', '--directory'])

const flagNamed = ({ flags }: CommandSpec, name: string): FlagSpec | undefined =>
  flags.find(({ names }) => names.includes(name))

/** Of short flags in one word, the last may take a value. */
const flagWord = (word: string): string => (word.startsWith('--') ? word : `-${word.slice(-1)}`)

const attachedDirectory = (word: string): string | undefined => {
  if (word.startsWith('--directory=')) return word.slice('--directory='.length)
  return /^-C./s.test(word) ? word.slice(2) : undefined
}

/**
 * Reads the words before the current one. `likes` are aliases with the command whose words they take. It follows
 * scripts/candidates.sh step by step; a test compares the two.
 */
export const readPartialLine = (
  words: readonly string[],
  specs: readonly CommandSpec[],
  likes: ReadonlyMap<string, readonly string[]> = new Map(),
): PartialLine => {
  const find = (path: readonly string[]): CommandSpec | undefined =>
    specs.find((spec) => spec.path.join(' ') === path.join(' '))
  let spec = find([]) as CommandSpec
  let directory: string | undefined
  let expected: { readonly name: string; readonly offer: Offer } | undefined
  let position = 0
  let first: string | undefined
  let rest = false
  for (const word of words) {
    const attached = attachedDirectory(word)
    if (expected !== undefined) {
      if (DIRECTORY.has(expected.name)) directory = word
      expected = undefined
    } else if (rest) {
      // Whatever stands behind `--` is somebody else's.
    } else if (word === '--') rest = true
    else if (attached !== undefined) directory = attached
    else if (/^--.*=/s.test(word)) {
      // The value is in the word itself.
    } else if (/^-./s.test(word)) {
      const name = flagWord(word)
      const offer = flagNamed(spec, name)?.value
      expected = offer === undefined ? undefined : { name, offer }
    } else {
      const child =
        position === 0 && spec.children.some(({ name }) => name === word) ? find([...spec.path, word]) : undefined
      const like = child === undefined && position === 0 && spec.path.length === 0 ? likes.get(word) : undefined
      if (child !== undefined) spec = child
      else if (like !== undefined) spec = find(like) ?? spec
      else {
        if (position === 0) first = word
        position += 1
      }
    }
  }
  const kind = expected === undefined ? (rest ? 'rest' : 'argument') : 'value'
  return {
    spec,
    directory,
    first,
    at: kind === 'rest' ? { kind } : kind === 'value' ? { kind, offer: expected?.offer ?? 'none' } : { kind, position },
  }
}
