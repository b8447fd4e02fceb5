import { createHash } from 'node:crypto'

/** Where a chunk lies in its file, in bytes. */
interface Chunk {
  readonly at: number
  readonly size: number
}

/** One commit-graph file, its bounds and its checksum verified. What the rows say of parents is not verified yet. */
export interface GraphLayer {
  readonly view: DataView
  readonly bytes: Buffer
  /** Bytes in one object id: 20 or 32. */
  readonly hashLength: number
  /** Commits in this file, in the order of their ids. */
  readonly count: number
  /** Hex. A chain names its layers by this. */
  readonly checksum: string
  /** The checksums of the layers below, lowest first. */
  readonly bases: readonly string[]
  readonly fanout: number
  readonly ids: number
  readonly rows: number
  readonly edges: Chunk | undefined
  /** What to add to each commit's date to get git's corrected one (generation numbers, version 2). */
  readonly corrections: number | undefined
  readonly overflows: Chunk | undefined
}

const HEADER = 8
const ENTRY = 12
const FANOUT = 256 * 4

/** Bytes that one row of the commit data takes besides the id of the tree: two parents, level, date. */
const ROW = 16

const readChunks = (view: DataView, count: number, end: number): ReadonlyMap<string, Chunk> | undefined => {
  const chunks = new Map<string, Chunk>()
  const offsetOf = (index: number): number =>
    view.getUint32(HEADER + index * ENTRY + 4) * 2 ** 32 + view.getUint32(HEADER + index * ENTRY + 8)
  let at = offsetOf(0)
  if (at < HEADER + (count + 1) * ENTRY) return undefined
  for (let index = 0; index < count; index++) {
    const next = offsetOf(index + 1)
    if (next < at || next > end) return undefined
    const name = Buffer.from(view.buffer, view.byteOffset + HEADER + index * ENTRY, 4).toString('latin1')
    if (chunks.has(name)) return undefined
    chunks.set(name, { at, size: next - at })
    at = next
  }
  return chunks
}

const risesTo = (view: DataView, at: number, count: number): boolean => {
  for (let index = 0, last = 0; index < 256; index++) {
    const value = view.getUint32(at + index * 4)
    if (value < last) return false
    last = value
  }
  return view.getUint32(at + FANOUT - 4) === count
}

const readBases = (bytes: Buffer, chunk: Chunk | undefined, hashLength: number): readonly string[] =>
  Array.from({ length: (chunk?.size ?? 0) / hashLength }, (_, index) => {
    const at = (chunk?.at ?? 0) + index * hashLength
    return bytes.toString('hex', at, at + hashLength)
  })

/**
 * Reads a commit-graph file of format version 1 (gitformat-commit-graph), of either hash. Answers undefined for one that
 * is of another version, truncated, out of bounds, or damaged: git does not compare the checksum, but whoever deletes a
 * branch by the answer should. Costs about a millisecond per megabyte.
 */
export const parseGraphFile = (bytes: Buffer): GraphLayer | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER || bytes.toString('latin1', 0, 4) !== 'CGPH' || bytes[4] !== 1) return undefined
  if (bytes[5] !== 1 && bytes[5] !== 2) return undefined
  const hashLength = bytes[5] === 1 ? 20 : 32
  const chunkCount = bytes[6] as number
  const end = bytes.length - hashLength
  if (end < HEADER + (chunkCount + 1) * ENTRY + FANOUT) return undefined
  const chunks = readChunks(view, chunkCount, end)
  const fanout = chunks?.get('OIDF')
  const ids = chunks?.get('OIDL')
  const rows = chunks?.get('CDAT')
  if (chunks === undefined || fanout === undefined || ids === undefined || rows === undefined) return undefined
  const count = ids.size / hashLength
  const bases = chunks.get('BASE')
  const edges = chunks.get('EDGE')
  const corrections = chunks.get('GDA2')
  const overflows = chunks.get('GDO2')
  const fits =
    Number.isInteger(count) &&
    fanout.size === FANOUT &&
    rows.size === count * (hashLength + ROW) &&
    (bases?.size ?? 0) === (bytes[7] as number) * hashLength &&
    (edges?.size ?? 0) % 4 === 0 &&
    (corrections?.size ?? count * 4) === count * 4 &&
    (overflows?.size ?? 0) % 8 === 0
  if (!fits || !risesTo(view, fanout.at, count)) return undefined
  const checksum = bytes.toString('hex', end)
  const sum = createHash(hashLength === 20 ? 'sha1' : 'sha256')
    .update(bytes.subarray(0, end))
    .digest('hex')
  if (sum !== checksum) return undefined
  return {
    view,
    bytes,
    hashLength,
    count,
    checksum,
    bases: readBases(bytes, bases, hashLength),
    fanout: fanout.at,
    ids: ids.at,
    rows: rows.at,
    edges,
    corrections: corrections?.at,
    overflows,
  }
}
