import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { onDisk } from '../paths.ts'

/** More than this is cut to what the last run used. */
const BOUND = 40_000

const NEWLINE = 10

/**
 * Answers kept on disk as sorted lines, `<key> TAB <JSON>`, under one line that says what they belong to and how many
 * bytes follow. It is searched where it lies, so a big file costs no more than a small one. Anything unexpected, from a
 * missing file to a torn one, is a miss.
 */
export interface FactFile {
  get(key: string): unknown
  set(key: string, value: unknown): void
  /** Writes what is new, by rename. Never fails: a cache that can't be written costs time only. */
  save(): void
}

const read = (path: string, heading: string): Buffer => {
  try {
    const file = readFileSync(onDisk(path))
    const end = file.indexOf(NEWLINE)
    const body = file.subarray(end + 1)
    return file.toString('utf8', 0, end) === `${heading} ${body.length}` ? body : Buffer.alloc(0)
  } catch {
    return Buffer.alloc(0)
  }
}

/** The line that begins with the key, by bisection over the bytes. */
const find = (body: Buffer, key: Buffer): Buffer | undefined => {
  let [low, high] = [0, body.length]
  while (low < high) {
    // The newline at the middle, if there is one, ends the line that is looked at.
    const middle = (low + high) >> 1
    const begin = middle === 0 ? 0 : Math.max(low, body.lastIndexOf(NEWLINE, middle - 1) + 1)
    const end = body.indexOf(NEWLINE, begin)
    const line = body.subarray(begin, end < 0 ? body.length : end)
    const order = line.subarray(0, key.length).compare(key)
    if (order === 0) return line
    if (order < 0) low = begin + line.length + 1
    else high = begin
  }
  return undefined
}

const parse = (line: Buffer, keyLength: number): unknown => {
  try {
    return JSON.parse(line.toString('utf8', keyLength))
  } catch {
    return undefined
  }
}

/** Opens the file at `path`; `heading` names all that the answers depend on beside their keys, on one line. */
export const openFactFile = (path: string, heading: string): FactFile => {
  let body: Buffer | undefined
  const used = new Map<string, unknown>()
  let fresh = false
  const merged = (): string[] => {
    const lines = new Map<string, string>()
    for (const line of (body ?? Buffer.alloc(0)).toString().split('\n')) {
      if (line !== '') lines.set(line.slice(0, line.indexOf('\t')), line)
    }
    const mine = [...used].map(([key, value]): [string, string] => [key, `${key}\t${JSON.stringify(value)}`])
    if (lines.size + mine.length > BOUND) return mine.map(([, line]) => line)
    for (const [key, line] of mine) lines.set(key, line)
    return [...lines.values()]
  }
  return {
    get: (key) => {
      if (used.has(key)) return used.get(key)
      body ??= read(path, heading)
      const prefix = Buffer.from(`${key}\t`)
      const line = find(body, prefix)
      const value = line === undefined ? undefined : parse(line, prefix.length)
      if (value !== undefined) used.set(key, value)
      return value
    },
    set: (key, value) => {
      used.set(key, value)
      fresh = true
    },
    save: () => {
      if (!fresh) return
      // Bytewise, as `find` compares.
      const lines = merged().map((line) => Buffer.from(`${line}\n`))
      const sorted = Buffer.concat(lines.sort(Buffer.compare))
      try {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(onDisk(`${path}.${process.pid}`), Buffer.concat([Buffer.from(`${heading} ${sorted.length}\n`), sorted]))
        renameSync(onDisk(`${path}.${process.pid}`), onDisk(path))
        fresh = false
      } catch {
        // As if there were no cache.
      }
    },
  }
}
