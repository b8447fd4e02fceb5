import { type ListResult, type ListRow, REVEAL_AFTER } from '../../worktree/list/result.ts'
import type { Style } from '../style.ts'
import { displayWidth, truncate } from '../width.ts'
import type { View } from './column.ts'
import { columnsOf } from './columns.ts'
import { layOut } from './layout.ts'
import { type Line, put } from './line.ts'
import { shownRow } from './shown-row.ts'
import { gutterSymbol } from './symbols.ts'

/** A stream as far as drawing goes. No width: lines are as long as they need to be. */
export interface Canvas {
  readonly width: number | undefined
  readonly style: Style
}

/** The table, line by line, and the headers of the columns that found no room. */
export interface Lines {
  readonly header: string
  readonly rows: readonly string[]
  readonly hidden: readonly string[]
}

const isFaded = ({ state }: ListRow): boolean => state === 'empty' || state === 'integrated'

/** Draws the first `count` rows; the columns are laid out for all of them, so that they stay when the rest is drawn. */
export const drawLines = (
  result: ListResult,
  { width, style }: Canvas,
  { final, count = result.rows.length }: { readonly final: boolean; readonly count?: number },
): Lines => {
  const rows = result.rows.map(shownRow)
  const view: View = { result, style, final, open: final || result.elapsed >= REVEAL_AFTER ? '·' : '' }
  const limit = width === undefined || width < 1 ? undefined : width
  const candidates = columnsOf(result).map((column) => ({ column, fitted: column.fit(column, view, rows) }))
  const { placed, hidden } = layOut(candidates, limit)
  const line: Line = { parts: [], at: 0 }
  for (const { column, start, width: room } of placed) {
    const text = truncate(column.header, room)
    const taken = displayWidth(text)
    put(line, column.align === 'left' ? start : start + room - taken, text, taken, style.bold)
  }
  const header = line.parts.join('')
  const drawn = rows.slice(0, count).map((row, at) => {
    line.parts.length = 0
    line.at = 0
    put(line, 0, gutterSymbol(row), 1)
    for (const place of placed) place.fitted.draw(line, at, place)
    const text = line.parts.join('')
    return isFaded(row) ? style.dim(text) : text
  })
  return { header, rows: drawn, hidden: hidden.map((column) => column.header) }
}
