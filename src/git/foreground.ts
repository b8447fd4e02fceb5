import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { carriesRawBytes, encodeBytes } from '../core/bytes.ts'
import { Interrupted } from '../core/interrupted.ts'
import { onDisk } from './paths.ts'

export { Interrupted } from '../core/interrupted.ts'

/** What cancels a command. */
export type Signal = Interrupted['signal']

/** How a child ended. */
export type Ending = { readonly code: number } | { readonly signal: NodeJS.Signals }

interface Child {
  readonly process: ChildProcess
  /** Ctrl-C is this child's own input, and does not cancel the command. */
  readonly handOff: boolean
}

const live = new Set<Child>()
let sections = 0
let cancelledBy: Signal | undefined

/**
 * Takes a signal that `wt` got. Children in the foreground share the terminal's job group, so a Ctrl-C has reached them
 * already; anything else is passed on. False: nothing is in the way of dying at once.
 */
export const takeSignal = (signal: Signal): boolean => {
  if (live.size === 0 && sections === 0) return false
  const children = [...live]
  if (signal === 'SIGINT' && children.some(({ handOff }) => handOff)) return true
  // Whoever insists is not kept waiting.
  if (cancelledBy !== undefined && signal === 'SIGINT') return false
  cancelledBy = signal
  if (signal !== 'SIGINT') for (const { process } of children) process.kill(signal)
  return true
}

/** Throws if a signal has cancelled the command meanwhile. For the gaps between children. */
export const checkCancelled = (): void => {
  if (cancelledBy !== undefined) throw new Interrupted(cancelledBy)
}

/**
 * Begins a section that must not be left half-way. A signal that comes in it is heeded by the first child that ends, and by
 * `checkCancelled`, by throwing Interrupted, so that what was begun can be undone. Returns what ends the section.
 */
export const enterSection = (): (() => void) => {
  sections += 1
  let open = true
  return () => {
    if (open) sections -= 1
    open = false
  }
}

/** Undoing goes on after a cancellation: its children may run. */
export const undoing = async <T>(act: () => Promise<T>): Promise<T> => {
  const signal = cancelledBy
  cancelledBy = undefined
  const leave = enterSection()
  try {
    return await act()
  } finally {
    leave()
    cancelledBy ??= signal
  }
}

const octal = (text: string): string =>
  [...encodeBytes(text)].map((byte) => `\\0${byte.toString(8).padStart(3, '0')}`).join('')

/** `spawn` takes only UTF-8: other bytes go through a shell that spells them out and then becomes the program. */
const spelledOut = (program: string, args: readonly string[]): readonly string[] => {
  const pieces = args.map((arg, at) => `a${at}=$(printf '%b.' '${octal(arg)}')`)
  const names = args.map((_, at) => `"\${a${at}%.}"`)
  return ['-c', `${pieces.join('\n')}\nexec "$0" ${names.join(' ')}`, program]
}

const start = (program: string, args: readonly string[], options: SpawnOptions): ChildProcess => {
  const cwd = options.cwd as string
  // An open directory is entered by number, as its path can't be handed over either.
  const directory = carriesRawBytes(cwd) ? openSync(onDisk(cwd), 'r') : undefined
  const where = directory === undefined ? cwd : `/proc/self/fd/${directory}`
  const raw = args.some(carriesRawBytes)
  try {
    return spawn(raw ? '/bin/sh' : program, raw ? spelledOut(program, args) : args, { ...options, cwd: where })
  } finally {
    if (directory !== undefined) closeSync(directory)
  }
}

export interface ForegroundOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly stdio: SpawnOptions['stdio']
  /** Ctrl-C is the child's own, and so is its ending. */
  readonly handOff?: boolean
  /** Gets the child as soon as it runs. */
  readonly onStart?: (child: ChildProcess) => void
}

/**
 * Runs a program in the shell's own job group and waits for it to end. Rejects with the system's error when it can't be
 * started, and with Interrupted, once it has ended, when a signal has cancelled the command meanwhile.
 */
export const runInForeground = (
  program: string,
  args: readonly string[],
  { cwd, env, stdio, handOff = false, onStart }: ForegroundOptions,
): Promise<Ending> =>
  new Promise((resolve, reject) => {
    checkCancelled()
    const process = start(program, args, { cwd, env, stdio })
    const child = { process, handOff }
    live.add(child)
    onStart?.(process)
    process.once('error', (error) => {
      live.delete(child)
      reject(error)
    })
    process.once('exit', (code, signal) => {
      live.delete(child)
      if (cancelledBy !== undefined) reject(new Interrupted(cancelledBy))
      else resolve(signal === null ? { code: code ?? 1 } : { signal })
    })
  })
