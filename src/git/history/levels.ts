/** Commits of which only the parents are known so far; entry n is about node `first + n`. */
export interface Unlevelled {
  readonly first: number
  /** The parents of entry n are `parents[start[n]]` up to, without, `parents[start[n + 1]]`. */
  readonly start: Int32Array
  readonly parents: Int32Array
  /** The level of a node below `first`. */
  levelBelow(node: number): number
}

const OPEN = -1

/** Computes the levels. Answers undefined when a commit is its own ancestor: grafts and replaced commits can bring that about. */
export const computeLevels = ({ first, start, parents, levelBelow }: Unlevelled): Int32Array | undefined => {
  const level = new Int32Array(start.length - 1)
  const stack = new Int32Array(level.length)
  for (let from = 0; from < level.length; from++) {
    let depth = 0
    if (level[from] === 0) stack[depth++] = from
    while (depth > 0) {
      const entry = stack[depth - 1] as number
      level[entry] = OPEN
      let highest = 0
      let waitsFor = -1
      for (let edge = start[entry] as number; edge < (start[entry + 1] as number) && waitsFor < 0; edge++) {
        const parent = parents[edge] as number
        const found = parent < first ? levelBelow(parent) : (level[parent - first] as number)
        if (found === OPEN) return undefined
        if (found === 0) waitsFor = parent - first
        if (found > highest) highest = found
      }
      if (waitsFor >= 0) stack[depth++] = waitsFor
      else {
        level[entry] = highest + 1
        depth--
      }
    }
  }
  return level
}
