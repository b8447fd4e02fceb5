/**
 * Programs that run for the user in the foreground: hooks, aliases, what `-x` names. They stay in the job of the shell
 * that started `wt`, so that they may use the terminal, and Ctrl-C and Ctrl-Z reach them from there.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { carriesRawBytes, encodeBytes } from '../core/bytes.ts'
import { Interrupted } from '../core/interrupted.ts'
import { descendantsOf } from './descendants.ts'

export interface ChildRequest {
  readonly argv: readonly [program: string, ...words: readonly string[]]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** `terminal`: what `wt` was given. `empty`: the end of a file at once. Or a text. */
  readonly stdin: 'terminal' | 'empty' | { readonly text: string }
  /** `terminal`: as `wt` itself. `narration`: all of it to stderr. Or a descriptor. Or what is called for each line. */
  readonly output: 'terminal' | 'narration' | number | ((line: string) => void)
  /** Ctrl-C is the program's input, and what it then leaves with stands. Default: it cancels the command. */
  readonly ownsInterrupt?: boolean
}

/** How a child ended. */
export type ChildEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: NodeJS.Signals }
  | { readonly kind: 'not-started'; readonly reason: string }

type Signal = Interrupted['signal']

/** What is still in the pipes of a program that has ended gets this long. Milliseconds. */
const DRAIN = 500

const live = new Map<ChildProcess, boolean>()
let cancelledBy: Signal | undefined

const pidsOf = (): readonly number[] => [...live.keys()].flatMap(({ pid }) => (pid === undefined ? [] : [pid]))

/** A shell does not hand a signal on to what it waits for, so all of them get it. */
const passOn = (signal: Signal): void => {
  const pids = pidsOf()
  for (const pid of [...pids, ...descendantsOf(pids)]) {
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended meanwhile.
    }
  }
}

/**
 * Tells what to do with a signal that `wt` has received. False: no child runs, so `wt` dies of it now. True: it waits
 * for its children, then dies. They have SIGINT from the terminal already; the other signals are passed on.
 */
export const awaitChildren = (signal: Signal): boolean => {
  if (live.size === 0) return false
  // Whoever insists is not kept waiting.
  if (cancelledBy !== undefined && signal === 'SIGINT') return false
  if (signal !== 'SIGINT') passOn(signal)
  else if ([...live.values()].every((owns) => owns)) return true
  cancelledBy ??= signal
  return true
}

/** What has cancelled the command. */
export const interruption = (): Signal | undefined => cancelledBy

/** Has the command count as cancelled, because a child was ended by the signal. */
export const interruptBy = (signal: Signal): void => {
  cancelledBy ??= signal
}

/** Throws Interrupted once the command has been cancelled: to be asked before anything more is started. */
export const stopIfInterrupted = (): void => {
  if (cancelledBy !== undefined) throw new Interrupted(cancelledBy)
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Hands complete lines on; what is left at the end counts as one. */
const eachLine = (stream: NodeJS.ReadableStream, line: (text: string) => void): void => {
  let rest = ''
  stream.setEncoding('utf8')
  stream.on('data', (piece: string) => {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    for (const each of lines) line(each)
  })
  stream.on('end', () => rest !== '' && line(rest))
}

const reasonOf = (error: NodeJS.ErrnoException, { argv }: ChildRequest): string => {
  if (error.code === 'ENOENT') return `${argv[0]} was not found`
  return error.code === 'EACCES' ? `${argv[0]} may not be run` : error.message
}

/** `spawn` takes only UTF-8: a directory of another name is entered by its number. */
const directoryFor = (cwd: string): { readonly path: string; readonly close: () => void } => {
  if (!carriesRawBytes(cwd)) return { path: cwd, close: () => undefined }
  const descriptor = openSync(Buffer.from(encodeBytes(cwd)), 'r')
  return { path: `/proc/self/fd/${descriptor}`, close: () => closeSync(descriptor) }
}

const startChild = (request: ChildRequest): ChildProcess => {
  const { argv, cwd, env, stdin, output } = request
  const directory = directoryFor(cwd)
  const both = typeof output === 'function' ? 'pipe' : output === 'narration' ? 2 : output
  const [out, err] = both === 'terminal' ? ([1, 2] as const) : ([both, both] as const)
  try {
    const child = spawn(argv[0], argv.slice(1), {
      cwd: directory.path,
      env,
      stdio: [typeof stdin === 'object' ? 'pipe' : stdin === 'terminal' ? 0 : 'ignore', out, err],
    })
    // One that does not read closes the pipe; that is its business.
    child.stdin?.on('error', () => undefined)
    if (typeof stdin === 'object') child.stdin?.end(stdin.text)
    return child
  } finally {
    directory.close()
  }
}

/**
 * Runs a program to its end. Any end is an answer; a cancelled command throws Interrupted after the child has ended in
 * its own way, whatever that was.
 */
export const runChild = async (request: ChildRequest): Promise<ChildEnd> => {
  stopIfInterrupted()
  const end = await new Promise<ChildEnd>((resolve) => {
    let child: ChildProcess
    try {
      child = startChild(request)
    } catch (error) {
      resolve({ kind: 'not-started', reason: reasonOf(error as NodeJS.ErrnoException, request) })
      return
    }
    live.set(child, request.ownsInterrupt === true)
    const done = (how: ChildEnd): void => {
      live.delete(child)
      resolve(how)
    }
    if (typeof request.output === 'function')
      for (const stream of [child.stdout, child.stderr]) if (stream !== null) eachLine(stream, request.output)
    child.on('error', (error) => done({ kind: 'not-started', reason: reasonOf(error, request) }))
    const ended = (code: number | null, signal: NodeJS.Signals | null): void =>
      done(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'killed', signal })
    child.on('close', ended)
    // Something that it has left running may hold its pipes open: nobody waits for that.
    child.on('exit', (code, signal) => void setTimeout(() => ended(code, signal), DRAIN).unref())
  })
  // The signal that ended the child may have come to us as well, and be next in line.
  await nextTurn()
  if (end.kind === 'killed') await nextTurn()
  stopIfInterrupted()
  return end
}

/** What a shell reports of an end: signals count from 128. */
export const exitCodeOf = (end: ChildEnd): number =>
  end.kind === 'exited' ? end.code : end.kind === 'killed' ? 128 + constants.signals[end.signal] : 127
