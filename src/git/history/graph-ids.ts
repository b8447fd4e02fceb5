import type { ObjectId } from '../../core/ids.ts'
import type { GraphLayer } from './graph-file.ts'

/** Names for nodes and nodes for names. */
export interface CommitIds {
  /** The node of a commit, or -1 for one that is not known. */
  indexOf(id: ObjectId): number
  idAt(node: number): ObjectId
}

/** Where the id is in one layer, or -1. Ids are sorted, and evenly spread: their first four bytes nearly decide. */
const search = (layer: GraphLayer, id: ObjectId): number => {
  const { view, bytes, fanout, ids, hashLength } = layer
  const prefix = Number.parseInt(id.slice(0, 8), 16)
  const bucket = prefix >>> 24
  let low = bucket === 0 ? 0 : view.getUint32(fanout + (bucket - 1) * 4)
  const end = view.getUint32(fanout + bucket * 4)
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (view.getUint32(ids + middle * hashLength) < prefix) low = middle + 1
    else high = middle
  }
  for (; low < end && view.getUint32(ids + low * hashLength) === prefix; low++) {
    const at = ids + low * hashLength
    if (bytes.toString('hex', at, at + hashLength) === id) return low
  }
  return -1
}

/** The names of the nodes that `openGraphDag` makes of the same layers. */
export const graphIds = (layers: readonly GraphLayer[]): CommitIds => ({
  indexOf: (id) => {
    let first = 0
    for (const layer of layers) {
      const found = id.length === layer.hashLength * 2 ? search(layer, id) : -1
      if (found >= 0) return first + found
      first += layer.count
    }
    return -1
  },
  idAt: (node) => {
    let index = node
    for (const { bytes, ids, count, hashLength } of layers) {
      if (index < count) {
        const at = ids + index * hashLength
        return bytes.toString('hex', at, at + hashLength) as ObjectId
      }
      index -= count
    }
    throw new RangeError(`no commit has the number ${node}`)
  },
})
