import type { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { errorMonitor } from 'node:events'
import { shellWord } from '../core/shell-word.ts'
import type { TraceRecord } from '../core/trace.ts'

/** What Node announces on its channel for each child process, before that is started. */
const CHANNEL = 'child_process'

interface Starting extends ChildProcess {
  spawn?: (options: { readonly cwd?: unknown; readonly stdio?: unknown }) => unknown
}

const microseconds = (milliseconds: number): number => Math.round(milliseconds * 1000)

/**
 * Tells of every child process of this one, once it has ended: nobody who starts one has to know. Answers with what stops
 * it. Times count from the start of this process. Children that are waited for in one call (`execFileSync`) are not seen.
 */
export const watchProcesses = (tell: (record: TraceRecord) => void): (() => void) => {
  const onCreated = (announced: unknown): void => {
    const { process: child } = announced as { readonly process: Starting }
    const started = performance.now()
    let context: string | undefined
    let fed = false
    const spawn = child.spawn
    if (spawn !== undefined)
      child.spawn = (options) => {
        const { cwd, stdio } = options
        context = typeof cwd === 'string' ? cwd : undefined
        fed = Array.isArray(stdio) ? stdio[0] === 'pipe' : stdio === undefined
        return spawn.call(child, options)
      }
    const end = (ok: boolean): void => {
      const command = (child.spawnargs ?? []).map(shellWord).join(' ')
      const duration = microseconds(performance.now() - started)
      tell({ kind: 'command', at: microseconds(started), duration, command, context, fed, ok })
    }
    child.once('exit', (code) => end(code === 0))
    // It hears an error without being the one who deals with it.
    child.once(errorMonitor as unknown as 'error', () => end(false))
  }
  subscribe(CHANNEL, onCreated)
  return () => void unsubscribe(CHANNEL, onCreated)
}
