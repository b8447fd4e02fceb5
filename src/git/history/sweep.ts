import { createBitCounters } from './bit-counters.ts'
import { type BitRows, createBitRows } from './bit-rows.ts'
import { type CommitDag, compareDates } from './dag.ts'
import { createLevelQueue } from './level-queue.ts'

/** How many heads stand to one base; entry n is about head n. */
interface SweepResult {
  readonly ahead: Uint32Array
  readonly behind: Uint32Array
  /** The newest of the best common ancestors, or -1 if there is none. */
  readonly mergeBase: Int32Array
  /** 1 where another best common ancestor is just as new: dates alone do not say which one git names first. */
  readonly tied: Uint8Array
}

/** What a sweep with a single head can collect on its way. */
export interface SweepNotes {
  /** Commits that the head reaches and the base does not, children before parents. */
  readonly ahead: number[]
  /** All best common ancestors. */
  readonly mergeBases: number[]
}

/** Compares heads with a base. The cost follows the commits that they do not have in common. */
export type Sweep = (base: number, heads: readonly number[], notes?: SweepNotes) => SweepResult

const SEEN = 1
/** The base reaches it. */
const BASE = 2
/** The base and every head reach it through a child: neither it nor its ancestors are of interest. */
const DONE = 4

/**
 * Prepares sweeps over a dag. Commits are visited from high levels to low ones, so that all children of a commit come
 * before it: what reaches it is known then, once and for all. It ends when only commits that are DONE are left.
 * A sweep throws DamagedHistory if the dag does, and must not be used again then.
 */
export const createSweep = (dag: CommitDag): Sweep => {
  const queue = createLevelQueue(dag)
  const state = new Uint8Array(dag.size)
  const rowOf = new Int32Array(dag.size)
  const parents: number[] = []
  let open = 0

  const enter = (rows: BitRows, node: number, flags: number): number => {
    state[node] = flags
    queue.push(node)
    open++
    const row = rows.take()
    rowOf[node] = row
    return row
  }
  const leave = (rows: BitRows, node: number): void => {
    open--
    rows.give(rowOf[node] as number)
  }
  const begin = (rows: BitRows, base: number, heads: readonly number[]): void => {
    const { words } = rows
    const spare = heads.length % 32
    const row = enter(rows, base, SEEN | BASE)
    // Bits that stand for no head belong to the base, so that they never hold up the end.
    if (spare !== 0) {
      rows.reached[row * words + words - 1] = -1 << spare
      rows.widen(row, words - 1, words)
    }
    heads.forEach((head, bit) => {
      const own = state[head] === 0 ? enter(rows, head, SEEN) : (rowOf[head] as number)
      const word = bit >>> 5
      rows.reached[own * words + word] = (rows.reached[own * words + word] as number) | (1 << (bit & 31))
      rows.widen(own, word, word + 1)
    })
  }
  const finish = (rows: BitRows, node: number): void => {
    const flags = state[node] as number
    if ((flags & DONE) !== 0) return
    state[node] = SEEN | DONE
    if (flags === 0) queue.push(node)
    else leave(rows, node)
  }
  /** Tells a parent what reaches its child. */
  const pass = (rows: BitRows, from: number, inBase: boolean, parent: number): void => {
    const flags = state[parent] as number
    if ((flags & DONE) !== 0) return
    const row = flags === 0 ? enter(rows, parent, SEEN) : (rowOf[parent] as number)
    const { words, reached, shared } = rows
    const low = rows.low[from] as number
    const high = rows.high[from] as number
    const shift = (row - from) * words
    const end = from * words + high
    rows.widen(row, low, high)
    let all = -1
    for (let at = from * words + low; at < end; at++) {
      const bits = reached[at] as number
      reached[at + shift] = (reached[at + shift] as number) | bits
      if (inBase) {
        const both = (shared[at + shift] as number) | bits
        shared[at + shift] = both
        all &= both
      }
    }
    if (!inBase) return
    state[parent] = flags | SEEN | BASE
    if (all === -1 && high - low === words) finish(rows, parent)
  }

  return (base, heads, notes) => {
    const rows = createBitRows(heads.length)
    const { words } = rows
    const ahead = createBitCounters(words)
    const common = createBitCounters(words)
    const mergeBase = new Int32Array(heads.length).fill(-1)
    const tied = new Uint8Array(heads.length)
    let inBaseCount = 0
    const meet = (node: number, word: number, bits: number): void => {
      for (let left = bits; left !== 0; left &= left - 1) {
        const head = word * 32 + 31 - Math.clz32(left & -left)
        if (head >= heads.length) return
        notes?.mergeBases.push(node)
        const best = mergeBase[head] as number
        const newer = best === -1 ? 1 : compareDates(dag, node, best)
        if (newer >= 0) tied[head] = newer === 0 ? 1 : 0
        if (newer > 0) mergeBase[head] = node
      }
    }
    /** Counts a commit, and answers whether the base and every head reach it. */
    const count = (node: number, row: number, inBase: boolean): boolean => {
      const { reached, shared } = rows
      const low = rows.low[row] as number
      const high = rows.high[row] as number
      const counters = inBase ? common : ahead
      let all = -1
      if (inBase) inBaseCount++
      else notes?.ahead.push(node)
      for (let word = low; word < high; word++) {
        const bits = reached[row * words + word] as number
        all &= bits
        counters.add(word, bits)
        const fresh = inBase ? bits & ~(shared[row * words + word] as number) : 0
        if (fresh !== 0) meet(node, word, fresh)
      }
      return inBase && all === -1 && high - low === words
    }

    begin(rows, base, heads)
    while (open > 0) {
      const node = queue.pop()
      const flags = state[node] as number
      const row = rowOf[node] as number
      const inBase = (flags & BASE) !== 0
      const wasDone = (flags & DONE) !== 0
      const done = wasDone || count(node, row, inBase)
      const parentCount = dag.readParents(node, parents)
      for (let index = 0; index < parentCount; index++) {
        if (done) finish(rows, parents[index] as number)
        else pass(rows, row, inBase, parents[index] as number)
      }
      if (!wasDone) leave(rows, node)
    }
    queue.clear((node) => {
      state[node] = 0
    })
    const behind = common.totals(heads.length).map((shared) => inBaseCount - shared)
    return { ahead: ahead.totals(heads.length), behind, mergeBase, tied }
  }
}
