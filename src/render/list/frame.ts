import type { ListResult } from '../../worktree/list/result.ts'
import { message } from '../message.ts'
import type { Style } from '../style.ts'
import { truncate } from '../width.ts'
import { loadingText } from './footer.ts'
import { drawLines } from './lines.ts'

/** A terminal as far as a repainted table goes. */
export interface Screen {
  readonly rows: number
  readonly columns: number
  readonly style: Style
}

/**
 * A list that is still filling, as lines to be repainted in place: header, the rows that fit, footer. There is always one
 * line less than the terminal has rows, so that the cursor can stand below, and no line is wider than the terminal.
 */
export const renderFrame = (result: ListResult, { rows, columns, style }: Screen): readonly string[] => {
  const room = Math.max(1, rows - 1)
  const count = Math.min(result.rows.length, Math.max(0, room - 2))
  const footer = message('progress', truncate(loadingText(result, count), Math.max(1, columns - 2)), style)
  if (room === 1) return [footer]
  const lines = drawLines(result, { width: columns, style }, { final: false, count })
  return [lines.header, ...lines.rows, footer]
}
