/**
 * The one place where text from outside (branches, paths, subjects, lock reasons, git's own words) becomes text for a
 * terminal. What comes out holds no line break, no control sequence, and nothing that is there but can't be seen.
 */

import { isPrintableAscii } from './width.ts'

/** Controls, lone surrogates, line separators, bidi overrides and everything else that Unicode lets vanish. */
// Unicode classes take a while to build, so this and those below are written where only unusual text comes by.
const unsafe = (): RegExp => /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]|^\p{M}/gu

const isPictograph = (text: string): boolean => /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)$/u.test(text)
const beginsPictograph = (text: string): boolean => /^\p{Extended_Pictographic}/u.test(text)
/** Scripts in which a (non-)joiner is spelling. */
const joins = (text: string): boolean =>
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\u0900-\u0DFF]$/u.test(text)
const canVary = (text: string): boolean => /[^\p{Cc}\p{Cf}\p{Z}\p{Variation_Selector}]$/u.test(text)

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
  if (char === '\u200D' && isPictograph(before) && beginsPictograph(after)) return true
  if (char === '\u200D' || char === '\u200C') return joins(before)
  return char >= '\uFE00' && char <= '\uFE0F' && canVary(before)
}

/** Makes text harmless on a terminal: what could move, hide, recolour or reorder is spelled out as an escape. */
export const sanitize = (text: string): string => {
  if (isPrintableAscii(text)) return text
  return text.replace(unsafe(), (char, at: number) =>
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
