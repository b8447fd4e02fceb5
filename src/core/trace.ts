/** Something that took time in one run of `wt`. Times are in microseconds since the run began. */
export type TraceRecord =
  | {
      readonly kind: 'command'
      readonly at: number
      readonly duration: number
      /** The command line. */
      readonly command: string
      /** The directory that it ran in, where that is known. */
      readonly context: string | undefined
      /** It was given something to read: the same line need not be the same question. */
      readonly fed: boolean
      /** Whether it was started and left with 0. */
      readonly ok: boolean
    }
  | { readonly kind: 'span'; readonly at: number; readonly duration: number; readonly name: string }

const count = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined

const recordOf = (value: unknown): TraceRecord | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { kind, ts, dur_us, cmd, context, stdin, ok, span } = value as Readonly<Record<string, unknown>>
  const [at, duration] = [count(ts), count(dur_us)]
  if (at === undefined || duration === undefined) return undefined
  if (kind === 'span' && typeof span === 'string') return { kind, at, duration, name: span }
  if ((kind !== 'cmd_completed' && kind !== 'cmd_errored') || typeof cmd !== 'string') return undefined
  const done = kind === 'cmd_completed' && ok === true
  const where = typeof context === 'string' ? context : undefined
  return { kind: 'command', at, duration, command: cmd, context: where, fed: stdin === true, ok: done }
}

/** The records of a trace: JSON, one in a line. Lines that are something else are passed over. */
export const parseTrace = (text: string): readonly TraceRecord[] =>
  text.split('\n').flatMap((line) => {
    try {
      return recordOf(JSON.parse(line)) ?? []
    } catch {
      return []
    }
  })

/** A record as a line of a trace. */
export const traceLine = (record: TraceRecord): string => {
  const { at: ts, duration: dur_us } = record
  const line =
    record.kind === 'span'
      ? { kind: 'span', ts, span: record.name, dur_us }
      : {
          kind: 'cmd_completed',
          ts,
          context: record.context ?? null,
          cmd: record.command,
          dur_us,
          ok: record.ok,
          stdin: record.fed,
        }
  return `${JSON.stringify(line)}\n`
}
