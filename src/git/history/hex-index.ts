/** Numbers for the ids in a text, in the order in which they are added. A hash table, as a Map of strings costs three times as much. */
export interface HexIndex {
  /** The number of the id at this offset of the text; a new one if it was not there. */
  add(at: number): number
  /** The number of the id at this offset, or -1. */
  find(at: number): number
  /** The number of an id from elsewhere, or -1. */
  findId(id: string): number
  idAt(number: number): string
}

/** The low bits of the first seven digits: ids are hashes already. */
const DIGITS = 7
const digitOf = (code: number): number => (code < 58 ? code - 48 : code - 87)

/** An empty index for at most `capacity` ids of `width` lowercase hex digits each, which lie in `text`. */
export const createHexIndex = (text: Buffer, width: number, capacity: number): HexIndex => {
  const mask = 2 ** Math.ceil(Math.log2(capacity * 2 + 2)) - 1
  const slots = new Int32Array(mask + 1)
  const offsets = new Int32Array(capacity)
  let count = 0

  const hashAt = (bytes: Buffer, at: number): number => {
    let hash = 0
    for (let digit = at; digit < at + DIGITS; digit++) hash = (hash << 4) | digitOf(bytes[digit] as number)
    return hash & mask
  }
  const isSame = (bytes: Buffer, a: number, b: number): boolean => {
    for (let digit = 0; digit < width; digit++) if (bytes[a + digit] !== text[b + digit]) return false
    return true
  }
  /** The slot where the id is, or where it would go. */
  const slotOf = (bytes: Buffer, at: number): number => {
    let slot = hashAt(bytes, at)
    for (;;) {
      const entry = slots[slot] as number
      if (entry === 0 || isSame(bytes, at, offsets[entry - 1] as number)) return slot
      slot = (slot + 1) & mask
    }
  }
  return {
    add: (at) => {
      const slot = slotOf(text, at)
      if (slots[slot] === 0) {
        offsets[count] = at
        slots[slot] = ++count
      }
      return (slots[slot] as number) - 1
    },
    find: (at) => (slots[slotOf(text, at)] as number) - 1,
    findId: (id) => (id.length === width ? (slots[slotOf(Buffer.from(id, 'latin1'), 0)] as number) - 1 : -1),
    idAt: (number) => {
      const at = offsets[number] as number
      return text.toString('latin1', at, at + width)
    },
  }
}
