import { closeSync, fstatSync, openSync, readSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A nameless file that a child writes to and that is read when the child is done. */
export interface Sink {
  readonly descriptor: number
  /** Everything that was written; the file is gone afterwards. */
  take(): Buffer
}

let made = 0

const read = (descriptor: number): Buffer => {
  const { size } = fstatSync(descriptor)
  const bytes = Buffer.allocUnsafe(size)
  for (let at = 0; at < size; ) {
    const count = readSync(descriptor, bytes, at, size - at, at)
    if (count === 0) return bytes.subarray(0, at)
    at += count
  }
  return bytes
}

/**
 * Opens a sink in the system's temporary directory. A pipe for each stream of each child would cost more than many a
 * child's own work: a stream object, a round through the event loop for each piece, and its end. Undefined where no file
 * can be made; then pipes have to do.
 */
export const openSink = (): Sink | undefined => {
  try {
    const path = join(tmpdir(), `wt-${process.pid}-${made++}`)
    const descriptor = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
    return {
      descriptor,
      take: () => {
        try {
          return read(descriptor)
        } finally {
          closeSync(descriptor)
        }
      },
    }
  } catch {
    return undefined
  }
}
