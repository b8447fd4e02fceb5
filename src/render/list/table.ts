import type { ListResult } from '../../worktree/list/result.ts'
import { message } from '../message.ts'
import { footerText } from './footer.ts'
import { type Canvas, drawLines } from './lines.ts'

interface ListOptions extends Canvas {
  /** Nothing more will come: what is open stays open. */
  readonly final: boolean
  /** The stream of the narration, where it differs from the table's. */
  readonly narration?: Canvas
}

/** A list as text. Every non-empty part ends with a line break. */
export interface RenderedList {
  /** The table, for stdout. */
  readonly answer: string
  /** A blank line and the footer, then warnings, for stderr. */
  readonly narration: string
  /** The headers of the columns that found no room. */
  readonly hidden: readonly string[]
}

const block = (lines: readonly string[]): string => `${lines.join('\n')}\n`

/** The list as a table, with what belongs beside it. */
export const renderList = (result: ListResult, options: ListOptions): RenderedList => {
  const { width, style } = options.narration ?? options
  const warnings = result.warnings.map((warning) => message('warning', warning, style, width))
  if (result.rows.length === 0) {
    const nothing = [
      message('info', 'No worktrees', style, width),
      message('hint', 'to see branches: wt list --branches; to check one out: wt switch <branch>', style, width),
    ]
    return { answer: '', narration: block([...nothing, ...warnings]), hidden: [] }
  }
  const { header, rows, hidden } = drawLines(result, options, { final: options.final })
  const footer = message('info', footerText(result, hidden), style, width)
  return { answer: block([header, ...rows]), narration: block(['', footer, ...warnings]), hidden }
}
