import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'

/** What came of reading a text file. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string }

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EISDIR', 'it is a directory'],
  ['ELOOP', 'it is a link to itself'],
])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/**
 * Reads a UTF-8 file and never throws. With `regularOnly` a device or a pipe counts as unreadable: reading one that
 * somebody else's repository links to may never end.
 */
export const readTextFile = (path: string, { regularOnly = false } = {}): TextFile => {
  try {
    if (regularOnly && !statSync(path).isFile()) return { kind: 'unreadable', reason: 'it is not a regular file' }
    const bytes = readFileSync(path)
    if (!isUtf8(bytes)) return { kind: 'unreadable', reason: 'it is not UTF-8' }
    return { kind: 'text', text: bytes.toString() }
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' }
    return { kind: 'unreadable', reason: REASONS.get(code) ?? (code === '' ? String(error) : code) }
  }
}
