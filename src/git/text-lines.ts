import { isUtf8 } from 'node:buffer'
import { decodeBytes } from '../core/bytes.ts'

const NEWLINE = 0x0a

/** What git printed, line by line. Bytes that are not UTF-8 are decoded only in the few lines that have them. */
export const textLines = (stdout: Buffer): readonly string[] => {
  if (isUtf8(stdout)) return stdout.toString().split('\n')
  const out: string[] = []
  for (let at = 0; at < stdout.length; ) {
    const end = stdout.indexOf(NEWLINE, at)
    const line = stdout.subarray(at, end < 0 ? stdout.length : end)
    out.push(isUtf8(line) ? line.toString() : decodeBytes(line))
    at += line.length + 1
  }
  return out
}
