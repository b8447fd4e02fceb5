import { profileOf } from '../core/profile.ts'
import { shellWord } from '../core/shell-word.ts'
import { type TraceRecord, traceLine } from '../core/trace.ts'
import { locate } from '../git/layout.ts'
import { type GitPrinted, hearPrinted } from '../git/outputs.ts'
import { openTrace, type TraceFiles } from '../git/trace-files.ts'
import { watchProcesses } from '../host/watch-processes.ts'
import { message } from '../render/message.ts'
import { renderDiagnostic, renderPrinted, renderRecord } from '../render/trace.ts'
import { type Context, workingDirectory } from './context.ts'

/** A trace that is being written. */
export interface Trace {
  /** Ends it. `code` is what the process leaves with. */
  end(code: number): void
}

/** What `-C` says; the last one counts, as for the parser. */
const directoryIn = (words: readonly string[]): string | undefined => {
  const end = words.indexOf('--')
  return (end < 0 ? words : words.slice(0, end)).reduce<string | undefined>((found, word, at, all) => {
    if (word === '-C' || word === '--directory') return all[at + 1] ?? found
    return /^(?:-C|--directory=)(.+)$/s.exec(word)?.[1] ?? found
  }, undefined)
}

const open = (words: readonly string[], context: Context): TraceFiles | undefined => {
  const { err, env } = context
  try {
    return openTrace(locate(workingDirectory(context, directoryIn(words)), env).commonDir)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    err.write(`${message('warning', `no trace is written: ${why}`, err.style)}\n`)
    return undefined
  }
}

/**
 * Begins to write down what this run starts and how long that takes, for `-vv`: a file of records for
 * `wt config state logs profile`, the same to read, what git printed, and at the end a report. Undefined where no place for
 * that is found.
 */
export const beginTrace = (words: readonly string[], context: Context, version: string): Trace | undefined => {
  const files = open(words, context)
  if (files === undefined) return undefined
  const records: TraceRecord[] = []
  const tell = (record: TraceRecord): void => {
    records.push(record)
    files.append('trace.jsonl', traceLine(record))
    files.append('trace.log', renderRecord(record))
  }
  const began = Math.round(performance.now() * 1000)
  tell({ kind: 'span', at: 0, duration: began, name: 'start' })
  const stops = [
    watchProcesses(tell),
    hearPrinted((git: GitPrinted) => files.append('subprocess.log', renderPrinted(git))),
  ]
  return {
    end: (code) => {
      for (const stop of stops) stop()
      tell({ kind: 'span', at: began, duration: Math.round(performance.now() * 1000) - began, name: 'run' })
      const command = ['wt', ...words].map(shellWord).join(' ')
      const { version: node, platform, arch } = process
      const about = { command, code, version, node, platform: `${platform} ${arch}` }
      files.append('diagnostic.md', renderDiagnostic(about, profileOf(records)))
      const failure = files.close()
      const { err } = context
      if (failure !== undefined) {
        err.write(`${message('warning', `the trace is not whole: ${failure}`, err.style)}\n`)
        return
      }
      err.write(`${message('info', `a trace of this run is in ${files.directory}`, err.style)}\n`)
      err.write(`${message('hint', 'to see where the time went: wt config state logs profile', err.style)}\n`)
    },
  }
}
