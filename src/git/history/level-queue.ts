import type { CommitDag } from './dag.ts'

/** Nodes, highest level first. What is put in while it runs must be lower than what came out last: parents are. */
export interface LevelQueue {
  push(node: number): void
  /** Takes a node of the highest level. There must be one. */
  pop(): number
  /** Empties the queue and hands everything that was ever in it to `forget`. */
  clear(forget: (node: number) => void): void
}

/** An empty queue for the nodes of a dag. One bucket per level, as nothing is put in above what came out. */
export const createLevelQueue = (dag: CommitDag): LevelQueue => {
  // Entries are node + 1, so that fresh memory is empty: filling it costs more than most walks.
  const buckets = new Int32Array(dag.size + 1)
  const next = new Int32Array(dag.size)
  const pushed = new Int32Array(dag.size)
  let count = 0
  let current = 0
  return {
    push: (node) => {
      const at = dag.levelOf(node)
      next[node] = buckets[at] as number
      buckets[at] = node + 1
      pushed[count++] = node
      if (at > current) current = at
    },
    pop: () => {
      while (buckets[current] === 0) current--
      const entry = buckets[current] as number
      buckets[current] = next[entry - 1] as number
      return entry - 1
    },
    clear: (forget) => {
      for (let at = 0; at < count; at++) {
        const node = pushed[at] as number
        buckets[dag.levelOf(node)] = 0
        forget(node)
      }
      count = 0
      current = 0
    },
  }
}
