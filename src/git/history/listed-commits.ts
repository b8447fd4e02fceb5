import type { ObjectId } from '../../core/ids.ts'
import type { CommitDag } from './dag.ts'
import type { CommitIds } from './graph-ids.ts'
import { createHexIndex } from './hex-index.ts'
import { computeLevels } from './levels.ts'

/** A dag and the names of its nodes. */
export interface NamedDag {
  readonly dag: CommitDag
  readonly ids: CommitIds
}

const NEWLINE = 10
const SPACE = 32
const MINUS = 45

const countLines = (text: Buffer): number => {
  let count = 0
  for (let at = text.indexOf(NEWLINE); at >= 0; at = text.indexOf(NEWLINE, at + 1)) count++
  return count
}

/** The two halves of a date that stands in the text as decimal digits. */
const splitDate = (digits: Buffer): readonly [high: number, low: number] => {
  if (digits.length <= 15 && digits[0] !== MINUS) {
    let seconds = 0
    for (let at = 0; at < digits.length; at++) seconds = seconds * 10 + ((digits[at] as number) - 48)
    return [Math.floor(seconds / 2 ** 32), seconds >>> 0]
  }
  const seconds = BigInt.asUintN(64, BigInt(digits.toString('latin1')))
  return [Number(seconds >> 32n), Number(seconds & 0xffffffffn)]
}

/**
 * Adds the commits that `readAncestry` listed, whose ids have `width` digits, to those known already. Answers undefined
 * when a parent is neither listed nor known, or a commit is its own ancestor: such a listing can't be relied on.
 */
export const addListed = (known: NamedDag, text: Buffer, width: number): NamedDag | undefined => {
  if (text.length > 0 && text[text.length - 1] !== NEWLINE) return undefined
  const first = known.dag.size
  const idAt = (at: number): ObjectId => text.toString('latin1', at, at + width) as ObjectId
  const lines = countLines(text)
  const index = createHexIndex(text, width, lines)
  const ids = new Int32Array(lines)
  const dates = new Uint32Array(lines * 2)
  let count = 0
  for (let at = 0; at < text.length; at = text.indexOf(NEWLINE, at) + 1) {
    const id = text.indexOf(SPACE, at) + 1
    if (first > 0 && known.ids.indexOf(idAt(id)) >= 0) continue
    if (index.add(id) < count) continue
    dates.set(splitDate(text.subarray(at, id - 1)), count * 2)
    ids[count++] = id
  }

  const start = new Int32Array(count + 1)
  const parents = new Int32Array(Math.floor(text.length / (width + 1)))
  let edge = 0
  for (let entry = 0; entry < count; entry++) {
    let at = (ids[entry] as number) + width
    for (; text[at] === SPACE; at += width + 1) {
      const listed = index.find(at + 1)
      const parent = listed >= 0 ? first + listed : known.ids.indexOf(idAt(at + 1))
      if (parent < 0) return undefined
      parents[edge++] = parent
    }
    start[entry + 1] = edge
  }
  const level = computeLevels({ first, start, parents, levelBelow: known.dag.levelOf })
  if (level === undefined) return undefined
  const { dag } = known
  return {
    dag: {
      size: first + count,
      levelOf: (node) => (node < first ? dag.levelOf(node) : (level[node - first] as number)),
      readParents: (node, into) => {
        if (node < first) return dag.readParents(node, into)
        const from = start[node - first] as number
        const count = (start[node - first + 1] as number) - from
        for (let at = 0; at < count; at++) into[at] = parents[from + at] as number
        return count
      },
      dateHighOf: (node) => (node < first ? dag.dateHighOf(node) : (dates[(node - first) * 2] as number)),
      dateLowOf: (node) => (node < first ? dag.dateLowOf(node) : (dates[(node - first) * 2 + 1] as number)),
    },
    ids: {
      indexOf: (id) => {
        const found = index.findId(id)
        return found >= 0 ? first + found : known.ids.indexOf(id)
      },
      idAt: (node) => (node < first ? known.ids.idAt(node) : (index.idAt(node - first) as ObjectId)),
    },
  }
}
