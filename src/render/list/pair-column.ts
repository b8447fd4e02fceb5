import type { Cell, ListRow } from '../../worktree/list/result.ts'
import { displayWidth } from '../width.ts'
import type { Column, Fitted, View } from './column.ts'
import { put } from './line.ts'
import { half, type Pair, type PairLook } from './pair.ts'

/** Room that numbers still to come are given, so that columns move less while they arrive. */
const RESERVED = 3

/** A column of pairs, each number aligned under the one above it. */
export const pairColumn =
  (look: PairLook, read: (row: ListRow) => Cell<Pair | undefined>): Column['fit'] =>
  (column: Column, { style, open, final }: View, rows: readonly ListRow[]): Fitted => {
    const pairs = rows.map(read)
    let [left, right, empty] = [0, 0, true]
    for (const pair of pairs) {
      if (pair === undefined) continue
      if (pair === 'pending') {
        empty = false
        if (!final) [left, right] = [Math.max(left, RESERVED), Math.max(right, RESERVED)]
        continue
      }
      if (pair.left > 0) left = Math.max(left, half(look.left, pair.left).length)
      if (pair.right > 0) right = Math.max(right, half(look.right, pair.right).length)
      if (pair.left > 0 || pair.right > 0 || look.even !== undefined) empty = false
    }
    const gap = left > 0 && right > 0 ? 1 : 0
    const ideal = Math.max(displayWidth(column.header), left + gap + right)
    const paintLeft = look.paintLeft(style)
    const paintRight = look.paintRight(style)
    return {
      ideal,
      least: ideal,
      empty,
      draw: (line, at, { start, width }) => {
        const pair = pairs[at]
        if (pair === undefined) return
        const end = start + width
        if (pair === 'pending') return put(line, end - open.length, open, open.length, style.dim)
        const first = half(look.left, pair.left)
        const second = half(look.right, pair.right)
        put(line, end - right - gap - first.length, first, first.length, paintLeft)
        put(line, end - second.length, second, second.length, paintRight)
        if (first === '' && second === '' && look.even !== undefined) put(line, end - 1, look.even, 1, style.dim)
      },
    }
  }
