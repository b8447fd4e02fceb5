/**
 * Commits as small numbers (nodes). Every parent has a lower level than its child: whoever makes a dag sees to it, and
 * every walk leans on it.
 */
export interface CommitDag {
  readonly size: number
  /**
   * Puts the parents at the beginning of the list, in git's order, and answers how many. What follows them there is left
   * from before. Throws DamagedHistory when they can't be right.
   */
  readParents(node: number, into: number[]): number
  /** Commits on the longest path down to a root: 1 for a root itself. Never more than `size`. */
  levelOf(node: number): number
  /**
   * The committer date: seconds in git's unsigned 64 bits, upper and lower half. One before 1970 counts as far in the
   * future there.
   */
  dateHighOf(node: number): number
  dateLowOf(node: number): number
}

/** A commit-graph whose checksum is right and whose content is not. Never leaves `history/`. */
export class DamagedHistory extends Error {
  override readonly name = 'DamagedHistory'
}

/** Negative when `a` is the older of two nodes, positive when it is the newer, 0 for equal dates. */
export const compareDates = (dag: CommitDag, a: number, b: number): number =>
  dag.dateHighOf(a) - dag.dateHighOf(b) || dag.dateLowOf(a) - dag.dateLowOf(b)

const noNode = (node: number): never => {
  throw new RangeError(`no commit has the number ${node}`)
}

/** No commits. */
export const EMPTY_DAG: CommitDag = {
  size: 0,
  readParents: noNode,
  levelOf: noNode,
  dateHighOf: noNode,
  dateLowOf: noNode,
}

/** The nodes that are nobody's parent. Whoever reaches them reaches everything. Throws DamagedHistory. */
export const topsOf = (dag: CommitDag): readonly number[] => {
  const isParent = new Uint8Array(dag.size)
  const parents: number[] = []
  for (let node = 0; node < dag.size; node++) {
    const count = dag.readParents(node, parents)
    for (let at = 0; at < count; at++) isParent[parents[at] as number] = 1
  }
  const tops: number[] = []
  for (let node = 0; node < dag.size; node++) if (isParent[node] === 0) tops.push(node)
  return tops
}
