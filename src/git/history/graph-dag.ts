import { endianness } from 'node:os'
import { type CommitDag, DamagedHistory } from './dag.ts'
import type { GraphLayer } from './graph-file.ts'

const NO_PARENT = 0x70000000
const FLAG = 0x80000000

/** The rows of all layers as numbers of this machine. Done in bulk, as reading them all one by one takes far longer. */
const readRows = (layers: readonly GraphLayer[], bytesPerRow: number): Uint32Array => {
  const size = layers.reduce((sum, layer) => sum + layer.count, 0)
  const copy = new Uint8Array(size * bytesPerRow)
  let at = 0
  for (const { bytes, rows, count } of layers) {
    copy.set(bytes.subarray(rows, rows + count * bytesPerRow), at)
    at += count * bytesPerRow
  }
  if (endianness() === 'LE') Buffer.from(copy.buffer).swap32()
  return new Uint32Array(copy.buffer)
}

/** Puts the parents of an octopus merge after the first: entry `from` and what follows in the list of the node's layer. */
const readEdges = (layers: readonly GraphLayer[], node: number, from: number, into: number[]): number => {
  let index = node
  let found = 1
  for (const { count, edges, view } of layers) {
    if (index >= count) {
      index -= count
      continue
    }
    for (let at = from * 4; edges !== undefined && at < edges.size; at += 4) {
      const value = view.getUint32(edges.at + at)
      into[found++] = value & ~FLAG
      if (value >= FLAG) return found
    }
    break
  }
  throw new DamagedHistory('a list of parents has no end')
}

/**
 * The commits of all layers, which use the same hash, as one dag: lowest layer first, each in the order of its file. Rows
 * are checked when they are read, as few ever are. Answers undefined for files without levels (git before 2.19).
 */
export const openGraphDag = (layers: readonly GraphLayer[]): CommitDag | undefined => {
  const tree = (layers[0]?.hashLength ?? 0) / 4
  const width = tree + 4
  const words = readRows(layers, width * 4)
  const size = words.length / width
  const levelOf = (node: number): number => (words[node * width + tree + 2] as number) >>> 2
  if (size === 0 || levelOf(0) === 0) return undefined
  return {
    size,
    levelOf,
    readParents: (node, into) => {
      const at = node * width + tree
      const first = words[at] as number
      const second = words[at + 1] as number
      let count = 0
      if (first !== NO_PARENT) into[count++] = first
      if (second >= FLAG) count = readEdges(layers, node, second - FLAG, into)
      else if (second !== NO_PARENT) into[count++] = second
      const level = levelOf(node)
      if (level > size) throw new DamagedHistory('a level is too high')
      for (let index = 0; index < count; index++) {
        const parent = into[index] as number
        if (parent >= size || levelOf(parent) >= level) throw new DamagedHistory('a parent is not below its child')
      }
      return count
    },
    dateHighOf: (node) => (words[node * width + tree + 2] as number) & 3,
    dateLowOf: (node) => words[node * width + tree + 3] as number,
  }
}
