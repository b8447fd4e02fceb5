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
  /** Writes no more once that has failed, as on a full disk: what is traced must go on. */
  append(file: TraceFile, text: string): void
  /** Ends it. What has kept some of it from being written is the answer. */
  close(): string | undefined
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
  let failure: string | undefined
  const attempt = (act: () => void): void => {
    try {
      act()
    } catch (error) {
      failure ??= (error as Error).message
    }
  }
  const append = (file: TraceFile, text: string): void => {
    const descriptor = open.get(file)
    if (descriptor !== undefined && failure === undefined) attempt(() => void writeSync(descriptor, text))
  }
  const close = (): string | undefined => {
    for (const descriptor of open.values()) attempt(() => closeSync(descriptor))
    open.clear()
    return failure
  }
  return { directory, append, close }
}
