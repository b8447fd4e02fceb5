import type { ListRow } from '../../worktree/list/result.ts'
import type { Paint, Style } from '../style.ts'
import { displayWidth, isPrintableAscii, truncate } from '../width.ts'
import type { Column, Fitted, View } from './column.ts'
import { put } from './line.ts'
import { cellText, LONGEST } from './name.ts'

interface TextColumn {
  /** The text of a cell, as it came; undefined where there is none, or none yet. */
  readonly read: (row: ListRow, view: View) => string | undefined
  readonly isPending?: (row: ListRow) => boolean
  readonly look?: (row: ListRow, style: Style) => Paint | undefined
  /** The narrowest and widest that the column may be. */
  readonly least?: number
  readonly most?: number
  /** Down to this it makes room for the next important column. */
  readonly comfortable?: number
  /** Whether the column is worth its room although there is text. */
  readonly hasData?: (rows: readonly ListRow[]) => boolean
}

/** A column of text: as wide as its longest cell, cut where there is less room. */
export const textColumn =
  ({
    read,
    isPending,
    look,
    least,
    most = Number.POSITIVE_INFINITY,
    comfortable,
    hasData,
  }: TextColumn): Column['fit'] =>
  (column: Column, view: View, rows: readonly ListRow[]): Fitted => {
    const widths = new Uint32Array(rows.length)
    const pending = (row: ListRow): boolean => isPending?.(row) === true
    let longest = displayWidth(column.header)
    let empty = true
    const texts = rows.map((row, at) => {
      const raw = read(row, view)
      if (raw === undefined) {
        if (pending(row)) empty = false
        return ''
      }
      const simple = raw.length <= LONGEST && isPrintableAscii(raw)
      const text = simple ? raw : cellText(raw)
      const width = simple ? raw.length : displayWidth(text)
      widths[at] = width
      if (width > longest) longest = width
      empty = false
      return text
    })
    const ideal = Math.min(longest, most)
    return {
      ideal,
      least: Math.min(ideal, least ?? ideal),
      ...(comfortable !== undefined && { comfortable }),
      empty: empty || hasData?.(rows) === false,
      draw: (line, at, { start, width: room }) => {
        const row = rows[at]
        if (row === undefined) return
        let text = texts[at] ?? ''
        let width = widths[at] ?? 0
        const waits = width === 0 && pending(row)
        if (waits) text = view.open
        else if (width > room) text = truncate(text, room)
        if (waits || width > room) width = displayWidth(text)
        const from = column.align === 'left' ? start : start + room - width
        put(line, from, text, width, waits ? view.style.dim : look?.(row, view.style))
      },
    }
  }
