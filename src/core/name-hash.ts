import { encodeBytes } from './bytes.ts'

const MASK = (1n << 64n) - 1n

const rotate = (value: bigint, bits: bigint): bigint => ((value << bits) | (value >> (64n - bits))) & MASK

type State = [bigint, bigint, bigint, bigint]

const round = (v: State): void => {
  v[0] = (v[0] + v[1]) & MASK
  v[1] = rotate(v[1], 13n) ^ v[0]
  v[0] = rotate(v[0], 32n)
  v[2] = (v[2] + v[3]) & MASK
  v[3] = rotate(v[3], 16n) ^ v[2]
  v[0] = (v[0] + v[3]) & MASK
  v[3] = rotate(v[3], 21n) ^ v[0]
  v[2] = (v[2] + v[1]) & MASK
  v[1] = rotate(v[1], 17n) ^ v[2]
  v[2] = rotate(v[2], 32n)
}

/** SipHash-1-3 with a key of zeros. */
const sipHash = (bytes: Uint8Array): bigint => {
  const v: State = [0x736f6d6570736575n, 0x646f72616e646f6dn, 0x6c7967656e657261n, 0x7465646279746573n]
  const take = (word: bigint): void => {
    v[3] ^= word
    round(v)
    v[0] ^= word
  }
  const wordAt = (from: number, count: number): bigint => {
    let word = 0n
    for (let at = count - 1; at >= 0; at--) word = (word << 8n) | BigInt(bytes[from + at] as number)
    return word
  }
  const whole = bytes.length & ~7
  for (let at = 0; at < whole; at += 8) take(wordAt(at, 8))
  take((BigInt(bytes.length & 0xff) << 56n) | wordAt(whole, bytes.length - whole))
  v[2] ^= 0xffn
  for (let times = 0; times < 3; times++) round(v)
  return v[0] ^ v[1] ^ v[2] ^ v[3]
}

/**
 * The number that ports and suffixes are made of. It must never change: development servers and databases are found
 * by it. Computed as in the tool that users come from: over the UTF-8 bytes and one byte 0xFF.
 */
const nameHash = (bytes: Uint8Array): bigint => {
  const ended = new Uint8Array(bytes.length + 1)
  ended.set(bytes)
  ended[bytes.length] = 0xff
  return sipHash(ended)
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'

/** Three characters of 0-9a-z. */
const shortHash = (hash: bigint): string =>
  [1n, 36n, 1296n].map((unit) => DIGITS[Number((hash / unit) % 36n)] ?? '').join('')

const FIRST_PORT = 10_000n
const PORTS = 10_000n

/** Characters that some file system refuses, names that Windows keeps for devices, endings that it drops. */
const fileName = (text: string): string =>
  text
    .replace(/[/\\?<>:*|"\u0000-\u001f\u0080-\u009f]/g, '-')
    .replace(/^\.+$/, '-')
    .replace(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i, '-')
    .replace(/[. ]+$/, '-')

/** Three characters that tell names apart which look alike once they have been made harmless. */
export const shortNameHash = (name: string): string => shortHash(nameHash(encodeBytes(name)))

/** A port from 10000 to 19999, always the same for a name. */
export const portOf = (name: string): string => String(FIRST_PORT + (nameHash(encodeBytes(name)) % PORTS))

/** A name for a database: lower-case letters, digits, `_`, at most 48 characters, different for different names. */
export const databaseName = (name: string): string => {
  if (name === '') return ''
  const plain = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()).replace(/[^a-z0-9]+/g, '_')
  const begun = /^\d/.test(plain) ? `_${plain}` : plain
  return `${begun.slice(0, 44).replace(/_?$/, '_')}${shortNameHash(name)}`
}

/** A name as one file name that every system takes. Whatever had to change is told apart by a hash. */
export const safeFileName = (name: string): string => {
  if (name === '') return `_empty-${shortNameHash(name)}`
  const safe = fileName(name)
  return safe === name ? name : `${safe.replace(/-?$/, '-')}${shortNameHash(name)}`
}

/** A whole number from 0 up to `count`, without it, always the same for a name. */
export const shareOf = (name: string, count: number): number => Number(nameHash(encodeBytes(name)) % BigInt(count))
