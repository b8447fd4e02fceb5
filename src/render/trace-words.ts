import type { TraceRecord } from '../core/trace.ts'

/** Microseconds, as people read them. */
export const duration = (microseconds: number): string => `${(microseconds / 1000).toFixed(2)} ms`

/** What a record is about, on one line. */
export const recordLabel = (record: TraceRecord): string => {
  if (record.kind === 'span') return `(${record.name})`
  const { command, context, ok } = record
  return `${command}${context === undefined ? '' : ` [${context}]`}${ok ? '' : ' (failed)'}`
}
