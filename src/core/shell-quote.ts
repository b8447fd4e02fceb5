import { carriesRawBytes, encodeBytes } from './bytes.ts'

/** Characters that mean nothing to any shell, wherever they stand in a word. */
const PLAIN = /^[\w/.,+:@-]+$/

/** A run of bytes that are not UTF-8, a run of characters that single quotes can't hold everywhere, or other text. */
const PARTS = /[\udc80-\udcff]+|['\\!]+|[^'\\!\udc80-\udcff]+/g

const octal = (bytes: Uint8Array): string => [...bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')

const quotePart = (part: string): string => {
  if (/^[\udc80-\udcff]/.test(part)) return `"$(printf '${octal(encodeBytes(part))}')"`
  return /^['\\!]/.test(part) ? part.replace(/./g, '\\$&') : `'${part}'`
}

/**
 * A value as one word of shell text. Written so that POSIX shells, zsh and fish all read the same: an apostrophe and a
 * backslash stand outside the quotes, as fish gives a backslash between them a meaning. Bytes that are not UTF-8 can't
 * be in the text that a shell is started with, so (for POSIX shells) the text says how to make them.
 */
export const quoteForShell = (value: string): string => {
  if (PLAIN.test(value)) return value
  if (value === '') return "''"
  if (!carriesRawBytes(value)) return [...value.matchAll(/['\\!]+|[^'\\!]+/g)].map(([part]) => quotePart(part)).join('')
  // Halves of a pair must not be taken for bytes: those are alone.
  return [...value]
    .reduce<string[]>((parts, char) => {
      const raw = char.length === 1 && char >= '\udc80' && char <= '\udcff'
      const last = parts.at(-1)
      if (last !== undefined && /^[\udc80-\udcff]/.test(last) === raw) parts[parts.length - 1] = last + char
      else parts.push(char)
      return parts
    }, [])
    .flatMap((part) => part.match(PARTS) ?? [])
    .map(quotePart)
    .join('')
}

/** Words joined so that a shell takes them apart again as they were. */
export const quoteWords = (words: readonly string[]): string => words.map(quoteForShell).join(' ')
