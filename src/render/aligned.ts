import { sanitize } from './sanitize.ts'
import type { Style } from './style.ts'
import { displayWidth } from './width.ts'

const GAP = '  '

/**
 * Rows of names from outside as lines, each column as wide as its widest cell of no more than `most` cells; nothing
 * stands behind the last one.
 */
export const aligned = (
  rows: readonly (readonly string[])[],
  indent = '',
  most = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const cells = rows.map((row) => row.map(sanitize))
  const widths = (cells[0] ?? []).map((_, at) =>
    Math.max(0, ...cells.map((row) => displayWidth(row[at] ?? '')).filter((width) => width <= most)),
  )
  const padded = (text: string, at: number): string =>
    text + ' '.repeat(Math.max(0, (widths[at] ?? 0) - displayWidth(text)))
  return cells.map((row) => `${indent}${row.map(padded).join(GAP)}`.trimEnd())
}

/** A part of an answer under its title; with nothing in it, it says so. */
export const section = (title: string, lines: readonly string[], style: Style): string =>
  `${style.bold(title)}\n${(lines.length === 0 ? ['  (none)'] : lines).map((line) => `${line}\n`).join('')}`
