import { sanitize, sanitizeLines } from './sanitize.ts'
import type { Paint, Style } from './style.ts'
import { displayWidth } from './width.ts'

/** What a line of narration is about. */
export type MessageKind = 'progress' | 'success' | 'error' | 'warning' | 'hint' | 'info' | 'prompt'

interface Look {
  readonly symbol: string
  readonly paint: (style: Style) => Paint
}

const LOOKS: Readonly<Record<MessageKind, Look>> = {
  progress: { symbol: '◎', paint: (style) => style.cyan },
  success: { symbol: '✓', paint: (style) => style.green },
  error: { symbol: '✗', paint: (style) => style.red },
  warning: { symbol: '▲', paint: (style) => style.yellow },
  hint: { symbol: '↳', paint: (style) => style.dim },
  info: { symbol: '○', paint: (style) => style.dim },
  prompt: { symbol: '❯', paint: (style) => style.cyan },
}

/** Text that is harmless already and may carry colour. Only `phrase` makes it. */
export interface Phrase {
  readonly painted: string
}

/** A sentence whose holes hold names: they are sanitised and set in bold; the sentence itself is ours. */
export const phrase =
  (style: Style) =>
  (strings: readonly string[], ...values: readonly (string | number | Phrase)[]): Phrase => {
    const shown = values.map((value) =>
      typeof value === 'object'
        ? value.painted
        : typeof value === 'number'
          ? String(value)
          : style.bold(sanitize(value)),
    )
    return { painted: strings.map((piece, at) => piece + (shown[at] ?? '')).join('') }
  }

const INDENT = '  '

/** Breaks plain text between words. A word that is longer than a line stays whole. */
const wrap = (line: string, width: number): readonly string[] => {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`
    if (current !== '' && displayWidth(longer) > width) {
      lines.push(current)
      current = word
    } else current = longer
  }
  return [...lines, current]
}

/**
 * One message: its symbol, then the text, whose further lines are indented under the first. Plain text is sanitised and,
 * where a width is given, wrapped; a `Phrase` is taken as it is. No line break at the end.
 */
export const message = (kind: MessageKind, text: string | Phrase, style: Style, width?: number): string => {
  const { symbol, paint } = LOOKS[kind]
  const room = Math.max(1, (width !== undefined && width > 0 ? width : Number.POSITIVE_INFINITY) - INDENT.length)
  const lines =
    typeof text === 'string' ? sanitizeLines(text).flatMap((line) => wrap(line, room)) : text.painted.split('\n')
  const body = kind === 'hint' ? lines.map((line) => style.dim(line)) : lines
  return `${paint(style)(symbol)} ${body.join(`\n${INDENT}`)}`
}

/** Somebody else's words, such as git's, behind a bar. Empty for empty text. No line break at the end. */
export const gutter = (text: string, style: Style): string =>
  text.trim() === ''
    ? ''
    : sanitizeLines(text)
        .map((line) => `${style.dim(`${INDENT}│`)} ${line}`.trimEnd())
        .join('\n')
