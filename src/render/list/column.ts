import type { ListResult, ListRow } from '../../worktree/list/result.ts'
import type { Style } from '../style.ts'
import type { Line } from './line.ts'

/** What a column is drawn from. */
export interface View {
  readonly result: ListResult
  readonly style: Style
  /** How a cell looks whose value is still to come: blank at first, then a dot. */
  readonly open: string
  /** Nothing more will come. */
  readonly final: boolean
}

/** Where a cell goes in its line. */
interface Slot {
  readonly start: number
  readonly width: number
}

/** A column after a look at every row. */
export interface Fitted {
  /** As wide as its widest cell wants, within what the column allows. */
  readonly ideal: number
  /** Below this the column is left out. */
  readonly least: number
  /** Down to this it makes room for the next important column. */
  readonly comfortable?: number
  /** No row has anything to show, now or later. */
  readonly empty: boolean
  /** Puts the cell of the row with this number into the line. */
  readonly draw: (line: Line, row: number, slot: Slot) => void
}

/** One column of the list. */
export interface Column {
  /** Of a column of the user's own: its header. */
  readonly name: string
  readonly header: string
  readonly align: 'left' | 'right'
  /** The lower, the longer it survives on a narrow terminal. */
  readonly priority: number
  readonly fit: (column: Column, view: View, rows: readonly ListRow[]) => Fitted
}
