import { type CommitDag, compareDates } from './dag.ts'
import type { CorrectedDates } from './graph-dates.ts'

const FROM_BASE = 1
const FROM_HEAD = 2
const BOTH = FROM_BASE | FROM_HEAD
const STALE = 4

/** A heap of nodes: the newest comes out first, and of equals the one that was put in first. */
const createDateQueue = (dag: CommitDag, corrected: CorrectedDates | undefined) => {
  const heap: { readonly node: number; readonly corrected: number; readonly turn: number }[] = []
  let turns = 0
  const isBefore = (a: number, b: number): boolean => {
    const one = heap[a] as (typeof heap)[number]
    const two = heap[b] as (typeof heap)[number]
    if (one.corrected !== two.corrected) return one.corrected > two.corrected
    const dates = compareDates(dag, one.node, two.node)
    return dates === 0 ? one.turn < two.turn : dates > 0
  }
  const swap = (a: number, b: number): void => {
    const one = heap[a] as (typeof heap)[number]
    heap[a] = heap[b] as (typeof heap)[number]
    heap[b] = one
  }
  return {
    push: (node: number): void => {
      let at = heap.push({ node, corrected: corrected?.(node) ?? 0, turn: turns++ }) - 1
      for (let up = (at - 1) >> 1; at > 0 && isBefore(at, up); up = (at - 1) >> 1) {
        swap(at, up)
        at = up
      }
    },
    pop: (): number | undefined => {
      const first = heap[0]?.node
      const last = heap.pop()
      if (last === undefined || heap.length === 0) return first
      heap[0] = last
      for (let at = 0, down = 1; down < heap.length; down = at * 2 + 1) {
        if (down + 1 < heap.length && isBefore(down + 1, down)) down++
        if (!isBefore(down, at)) break
        swap(down, at)
        at = down
      }
      return first
    },
  }
}

/** The two commits, and what may come out: best common ancestors that are equally new. */
interface PaintedPair {
  readonly base: number
  readonly head: number
  readonly candidates: ReadonlySet<number>
}

/**
 * Of several best common ancestors with the same date, the one that git names first: the one that its walk by date
 * (`paint_down_to_common`) comes upon first. Only for such ties, as it costs a walk of its own.
 */
export const findFirstPainted = (
  dag: CommitDag,
  { base, head, candidates }: PaintedPair,
  corrected: CorrectedDates | undefined,
): number | undefined => {
  const colours = new Map<number, number>([[base, FROM_BASE]])
  colours.set(head, (colours.get(head) ?? 0) | FROM_HEAD)
  const queue = createDateQueue(dag, corrected)
  const parents: number[] = []
  queue.push(base)
  queue.push(head)
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    let colour = (colours.get(node) as number) & (BOTH | STALE)
    if (colour === BOTH) {
      if (candidates.has(node)) return node
      colour |= STALE
    }
    const count = dag.readParents(node, parents)
    for (const parent of parents.slice(0, count)) {
      const before = colours.get(parent) ?? 0
      if ((before & colour) === colour) continue
      colours.set(parent, before | colour)
      queue.push(parent)
    }
  }
  return undefined
}
