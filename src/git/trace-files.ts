import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import { makeOwn } from './own-directory.ts'
import { onDisk } from './paths.ts'
import { logDirectory } from './state-files.ts'

/** What `-vv` writes in `<common>/wt/logs`. */
const FILES = ['trace.jsonl', 'trace.log', 'subprocess.log', 'diagnostic.md'] as const

type TraceFile = (typeof FILES)[number]

/** Where the trace of the last verbose run is. */
export const traceFile = (commonDir: AbsolutePath): string => join(logDirectory(commonDir), FILES[0])

/** The files of a trace, while it is written. Only their owner can read them: command lines are in them. */
export interface TraceFiles {
  readonly directory: AbsolutePath
  append(file: TraceFile, text: string): void
  close(): void
}

/**
 * Begins the files of a trace anew. Each is a file of its own, so that another run which does the same does not write into
 * it. Throws what the file system throws.
 */
export const openTrace = (commonDir: AbsolutePath): TraceFiles => {
  const directory = makeOwn(commonDir, 'logs')
  const open = new Map(
    FILES.map((name) => {
      const path = onDisk(join(directory, name))
      rmSync(path, { force: true })
      return [name, openSync(path, 'wx', 0o600)] as const
    }),
  )
  const append = (file: TraceFile, text: string): void => {
    const descriptor = open.get(file)
    if (descriptor !== undefined) writeSync(descriptor, text)
  }
  const close = (): void => {
    for (const descriptor of open.values()) closeSync(descriptor)
    open.clear()
  }
  return { directory, append, close }
}
