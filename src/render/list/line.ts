import type { Paint } from '../style.ts'

/** A line of a table while it is put together, from left to right. One is used for all lines: there may be thousands. */
export interface Line {
  /** Joined once: adding to a string piece by piece leaves all the pieces alive. */
  readonly parts: string[]
  /** How many cells are filled. */
  at: number
}

const BLANKS = ' '.repeat(256)

const blanks = (count: number): string => (count <= BLANKS.length ? BLANKS.slice(0, count) : ' '.repeat(count))

/** Puts text that takes `width` cells at a cell of the line. Nothing is put for no text, so no line ends in blanks. */
export const put = (line: Line, start: number, text: string, width: number, paint?: Paint): void => {
  if (width === 0) return
  if (start > line.at) line.parts.push(blanks(start - line.at))
  line.parts.push(paint === undefined ? text : paint(text))
  line.at = start + width
}
