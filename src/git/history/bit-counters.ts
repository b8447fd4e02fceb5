/** One counter per bit of a row of 32-bit words. */
export interface BitCounters {
  /** Adds 1 to the counter of every bit that is set. */
  add(word: number, bits: number): void
  /** The counters, as many as asked for. */
  totals(count: number): Uint32Array
}

/**
 * Counters at 0 for that many words. They are kept as binary digits across (digit k of 32 counters is one word), so that
 * adding a word costs two or three operations on average, whatever its bits.
 */
export const createBitCounters = (words: number): BitCounters => {
  const digits = new Int32Array(words * 32)
  const full = new Uint32Array(words)
  return {
    add: (word, bits) => {
      if (bits === -1) {
        full[word] = (full[word] as number) + 1
        return
      }
      let carry = bits
      for (let at = word * 32; carry !== 0; at++) {
        const digit = digits[at] as number
        digits[at] = digit ^ carry
        carry &= digit
      }
    },
    totals: (count) => {
      const totals = new Uint32Array(count)
      for (let digit = 0; digit < digits.length; digit++) {
        const first = (digit >>> 5) * 32
        for (let left = digits[digit] as number; left !== 0; left &= left - 1) {
          const bit = first + 31 - Math.clz32(left & -left)
          if (bit < count) totals[bit] = (totals[bit] as number) + 2 ** (digit & 31)
        }
      }
      for (let bit = 0; bit < count; bit++) totals[bit] = (totals[bit] as number) + (full[bit >>> 5] as number)
      return totals
    },
  }
}
