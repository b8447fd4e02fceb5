import type { CommitDag } from './dag.ts'
import type { GraphLayer } from './graph-file.ts'

/** A commit's date, moved up until it is later than all of its parents' (git's generation number, version 2). Seconds. */
export type CorrectedDates = (node: number) => number

const FLAG = 0x80000000

/**
 * The corrected dates that the layers carry; infinite for commits outside them, as in git. Answers undefined unless
 * every layer carries them: git does not mix them with plain levels either.
 */
export const correctedDates = (layers: readonly GraphLayer[], dag: CommitDag): CorrectedDates | undefined => {
  if (layers.length === 0 || layers.some((layer) => layer.corrections === undefined)) return undefined
  return (node) => {
    let index = node
    for (const { view, count, corrections, overflows } of layers) {
      if (index < count) {
        const offset = view.getUint32((corrections as number) + index * 4)
        const date = dag.dateHighOf(node) * 2 ** 32 + dag.dateLowOf(node)
        if (offset < FLAG) return date + offset
        const at = (offset - FLAG) * 8
        return at < (overflows?.size ?? 0) ? date + Number(view.getBigUint64((overflows?.at ?? 0) + at)) : date
      }
      index -= count
    }
    return Number.POSITIVE_INFINITY
  }
}
