/**
 * Display width in terminal cells. `Intl.Segmenter` would know graphemes better, but costs 10 ms to load, more than all
 * else that a list does; what terminals agree on needs only the rules below.
 */

import { eastAsianWidth } from 'get-east-asian-width'

const PRINTABLE_ASCII = /^[\x20-\x7E]*$/

/** Whether text is harmless as it is and takes as many cells as it is long. Nearly all text is and does. */
export const isPrintableAscii = (text: string): boolean => PRINTABLE_ASCII.test(text)

/** Marks, joiners and selectors, and the Hangul vowels and finals that melt into the syllable before them. */
// Unicode classes take a while to build, so they are written where only unusual text comes by.
const isZero = (char: string): boolean =>
  /^[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}\u1160-\u11FF\uD7B0-\uD7FF]$/u.test(char)
const isEmoji = (code: number): boolean => /^\p{Emoji}$/u.test(String.fromCodePoint(code))

/** Dashes, dots, arrows and signs, such as our own symbols and headers: all of them take cells. */
const isSign = (code: number): boolean => (code >= 0x2010 && code < 0x2028) || (code >= 0x2100 && code < 0x2c00)

const JOINER = 0x200d
const EMOJI_SELECTOR = 0xfe0f

const isModifier = (code: number): boolean => code >= 0x1f3fb && code <= 0x1f3ff

/** Calls `visit` for every code point that takes cells or changes how many the one before takes. */
const measure = (text: string, visit: (at: number, cells: number, joined: boolean) => boolean): void => {
  let before = 0
  let beforeCells = 0
  let at = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    let cells = 0
    let joined = true
    if (code === EMOJI_SELECTOR) cells = beforeCells === 1 && isEmoji(before) ? 1 : 0
    else if (code >= 0x300 && !isSign(code) && isZero(char)) cells = 0
    else if (before === JOINER && code > 0xffff) cells = 0
    else if (isModifier(code) && beforeCells === 2) cells = 0
    else {
      joined = false
      cells = code < 0x20 || (code >= 0x7f && code < 0xa0) ? 0 : code < 0x300 ? 1 : eastAsianWidth(code)
    }
    if (!visit(at, cells, joined)) return
    before = code
    beforeCells = joined ? beforeCells + cells : cells
    at += char.length
  }
}

/** How many terminal cells a sanitised text takes. Text with control characters must be sanitised first. */
export const displayWidth = (text: string): number => {
  if (isPrintableAscii(text)) return text.length
  let width = 0
  measure(text, (_at, cells) => {
    width += cells
    return true
  })
  return width
}

/** The longest start of the text that fits, never splitting a character from its marks. */
export const fitStart = (text: string, width: number): string => {
  if (isPrintableAscii(text)) return text.slice(0, Math.max(0, width))
  let used = 0
  let end = 0
  let cut = -1
  measure(text, (at, cells, joined) => {
    if (!joined) end = at
    used += cells
    if (used <= width) return true
    cut = end
    return false
  })
  return cut === -1 ? text : text.slice(0, cut)
}

/** Cuts text that is wider than `width`, marking the cut with `…`. */
export const truncate = (text: string, width: number): string => {
  if (displayWidth(text) <= width) return text
  return width < 1 ? '' : `${fitStart(text, width - 1)}…`
}

/** Spaces on the right until `width` cells are filled. */
export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)))

/** Spaces on the left until `width` cells are filled. */
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - displayWidth(text))) + text
