/**
 * What the sweep knows of a commit that waits in its queue: which heads reach it, and which heads have it in common with
 * the base already through a child. Rows are given back when their commit is done, so that memory follows the queue.
 */
export interface BitRows {
  /** Words per row. */
  readonly words: number
  /** Rows one after the other. They move when a row is taken: read them again afterwards. */
  readonly reached: Int32Array
  readonly shared: Int32Array
  /** The words of each row that are in use; all others are 0. Most commits are reached by few heads. */
  readonly low: Int32Array
  readonly high: Int32Array
  /** Takes an empty row and answers its number. */
  take(): number
  give(row: number): void
  /** Extends the words in use. */
  widen(row: number, low: number, high: number): void
}

const grow = (from: Int32Array, length: number): Int32Array<ArrayBuffer> => {
  const to = new Int32Array(length)
  to.set(from)
  return to
}

/** No rows yet, for one bit per head. */
export const createBitRows = (heads: number): BitRows => {
  const words = (heads + 31) >>> 5
  const free: number[] = []
  let capacity = heads + 64
  let taken = 0
  let reached = new Int32Array(capacity * words)
  let shared = new Int32Array(capacity * words)
  let low = new Int32Array(capacity)
  let high = new Int32Array(capacity)
  return {
    words,
    get reached() {
      return reached
    },
    get shared() {
      return shared
    },
    get low() {
      return low
    },
    get high() {
      return high
    },
    take: () => {
      const again = free.pop()
      if (again !== undefined) return again
      if (taken === capacity) {
        capacity *= 2
        reached = grow(reached, capacity * words)
        shared = grow(shared, capacity * words)
        low = grow(low, capacity)
        high = grow(high, capacity)
      }
      return taken++
    },
    give: (row) => {
      const end = row * words + (high[row] as number)
      for (let at = row * words + (low[row] as number); at < end; at++) {
        reached[at] = 0
        shared[at] = 0
      }
      low[row] = 0
      high[row] = 0
      free.push(row)
    },
    widen: (row, from, to) => {
      const isEmpty = high[row] === 0
      if (isEmpty || from < (low[row] as number)) low[row] = from
      if (to > (high[row] as number)) high[row] = to
    },
  }
}
