/**
 * The one place where text from outside (branches, paths, subjects, lock reasons, git's own words) becomes text for a
 * terminal. What comes out holds no line break, no control sequence, and nothing that is there but can't be seen.
 */

const PRINTABLE_ASCII = /^[\x20-\x7E]*$/
/** Controls, lone surrogates, line separators, bidi overrides and everything else that Unicode lets vanish. */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]|^\p{M}/gu

const PICTOGRAPH = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)$/u
const PICTOGRAPH_NEXT = /^\p{Extended_Pictographic}/u
/** Scripts in which a (non-)joiner is spelling. */
const JOINING = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\u0900-\u0DFF]$/u
const VARIED = /[^\p{Cc}\p{Cf}\p{Z}\p{Variation_Selector}]$/u

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')

/** A raw byte (see `core/bytes.ts`) and a C0 control read `\xNN`; every other code point reads `\uNNNN`. */
const spell = (char: string): string => {
  const code = char.codePointAt(0) ?? 0
  if (code < 0x80) return SHORT[char] ?? `\\x${hex(code, 2)}`
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${hex(code - 0xdc00, 2)}`
  return code > 0xffff ? `\\u{${hex(code, 1)}}` : `\\u${hex(code, 4)}`
}

/** Joiners inside emoji and joining scripts, and one variation selector after a visible character, are honest. */
const isHonest = (char: string, before: string, after: string): boolean => {
  if (char === '\u200D' && PICTOGRAPH.test(before) && PICTOGRAPH_NEXT.test(after)) return true
  if (char === '\u200D' || char === '\u200C') return JOINING.test(before)
  return char >= '\uFE00' && char <= '\uFE0F' && VARIED.test(before)
}

/** Makes text harmless on a terminal: what could move, hide, recolour or reorder is spelled out as an escape. */
export const sanitize = (text: string): string => {
  if (PRINTABLE_ASCII.test(text)) return text
  return text.replace(UNSAFE, (char, at: number) =>
    isHonest(char, text.slice(Math.max(0, at - 4), at), text.slice(at + char.length, at + char.length + 2))
      ? char
      : spell(char),
  )
}

/** The lines of a longer text, each harmless. Where a line was redrawn with carriage returns, what was seen last counts. */
export const sanitizeLines = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split(/\r*\n/)
    .map((line) => sanitize(line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1).replace(/\t/g, '    ')))
