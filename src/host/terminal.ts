import { fstatSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import { WtError } from '../core/errors.ts'

/** One of the two streams that `wt` writes to. */
export interface Stream {
  readonly terminal: boolean
  /** Cells in a line; undefined when nothing limits them. */
  readonly columns: number | undefined
  /** Lines on the screen; undefined when it is no terminal. */
  readonly rows: number | undefined
  readonly colour: boolean
  write(text: string): void
}

type Variables = Readonly<Record<string, string | undefined>>

/** Thrown when whoever read our output has left: there is nobody to tell. */
export class ReaderGone extends Error {}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Writes all of it, waiting where the other side is slow. Throws ReaderGone on a closed pipe, OUTPUT_UNWRITABLE. */
const writeAll = (descriptor: number, text: string): void => {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EPIPE') throw new ReaderGone()
      if (code !== 'EAGAIN')
        throw new WtError('OUTPUT_UNWRITABLE', `what was to be told can’t be written: ${(error as Error).message}`, {
          hint: 'make room, or send the output elsewhere',
          cause: error,
        })
      Atomics.wait(pause, 0, 0, 2)
    }
  }
}

/** `NO_COLOR`, then the variables that force colour, then whether anybody will see it. */
const wantsColour = (env: Variables, terminal: boolean): boolean => {
  if (env['NO_COLOR']) return false
  if ((env['CLICOLOR_FORCE'] ?? '0') !== '0' || (env['FORCE_COLOR'] ?? '0') !== '0') return true
  return terminal && env['TERM'] !== 'dumb'
}

const positive = (text: string | undefined): number | undefined => {
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? value : undefined
}

/** What the terminal itself says of its size; the class that knows it costs a millisecond, so only for terminals. */
const sizeOf = (descriptor: number): { readonly columns?: number; readonly rows?: number } => {
  const stream = descriptor === 1 ? process.stdout : process.stderr
  return stream.columns > 0 ? { columns: stream.columns, rows: stream.rows } : {}
}

/** Opens stdout (1) or stderr (2). Nothing here is guessed twice: commands ask the stream. */
export const openStream = (descriptor: 1 | 2, env: Variables): Stream => {
  const terminal = fstatSync(descriptor).isCharacterDevice() && isatty(descriptor)
  const size = terminal ? sizeOf(descriptor) : {}
  return {
    terminal,
    columns: positive(env['COLUMNS']) ?? size.columns ?? (terminal ? 80 : undefined),
    rows: terminal ? (size.rows ?? 24) : undefined,
    colour: wantsColour(env, terminal),
    write: (text) => writeAll(descriptor, text),
  }
}
