import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { onDisk } from '../paths.ts'

/** More than this is cut to what the last run used. */
const BOUND = 40_000

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

/** Text as a string with one character for each byte, so that strings compare as the bytes in the file do. */
const asBytes = (text: string): string => Buffer.from(text).toString('latin1')

const read = (path: string, heading: string): string => {
  try {
    const file = readFileSync(onDisk(path), 'latin1')
    const start = file.indexOf('\n') + 1
    return file.slice(0, start - 1) === asBytes(`${heading} ${file.length - start}`) ? file.slice(start) : ''
  } catch {
    return ''
  }
}

/** The line that begins with the key, by bisection. */
const find = (body: string, key: string): string | undefined => {
  let [low, high] = [0, body.length]
  while (low < high) {
    // The newline at the middle, if there is one, ends the line that is looked at.
    const middle = (low + high) >> 1
    const begin = middle === 0 ? 0 : Math.max(low, body.lastIndexOf('\n', middle - 1) + 1)
    const end = body.indexOf('\n', begin)
    const line = body.slice(begin, end < 0 ? body.length : end)
    const prefix = line.slice(0, key.length)
    if (prefix === key) return line
    if (prefix < key) low = begin + line.length + 1
    else high = begin
  }
  return undefined
}

const parse = (json: string): unknown => {
  try {
    return JSON.parse(/[\x80-\xff]/.test(json) ? Buffer.from(json, 'latin1').toString() : json)
  } catch {
    return undefined
  }
}

const keyOf = (line: string): string => line.slice(0, line.indexOf('\t') + 1)

/** What is in the file and what this run knows, one line each; only the latter when it would be too much. */
const merge = (body: string, used: ReadonlyMap<string, unknown>): readonly string[] => {
  const mine = [...used].map(([key, value]) => asBytes(`${key}\t${JSON.stringify(value)}`))
  const lines = new Map<string, string>()
  for (const line of body.split('\n')) if (line !== '') lines.set(keyOf(line), line)
  if (lines.size + mine.length > BOUND) return mine.sort()
  for (const line of mine) lines.set(keyOf(line), line)
  return [...lines.values()].sort()
}

/** Opens the file at `path`; `heading` names all that the answers depend on beside their keys, on one line. */
export const openFactFile = (path: string, heading: string): FactFile => {
  let body: string | undefined
  const used = new Map<string, unknown>()
  let fresh = false
  return {
    get: (key) => {
      if (used.has(key)) return used.get(key)
      body ??= read(path, heading)
      const prefix = asBytes(`${key}\t`)
      const line = find(body, prefix)
      const value = line === undefined ? undefined : parse(line.slice(prefix.length))
      if (value !== undefined) used.set(key, value)
      return value
    },
    set: (key, value) => {
      used.set(key, value)
      fresh = true
    },
    save: () => {
      if (!fresh) return
      const lines = merge(read(path, heading), used)
        .map((line) => `${line}\n`)
        .join('')
      const draft = onDisk(`${path}.${process.pid}`)
      try {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(draft, asBytes(`${heading} ${lines.length}\n`) + lines, 'latin1')
        renameSync(draft, onDisk(path))
        fresh = false
      } catch {
        // As if there were no cache.
      }
    },
  }
}
