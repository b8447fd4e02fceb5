import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import type { Readable } from 'node:stream'
import { carriesRawBytes } from '../core/bytes.ts'
import { gitProgram } from './program.ts'

/** The same question of git in many directories. What it prints must be records that end in NUL and are never empty. */
export interface LaneOptions {
  readonly args: readonly string[]
  readonly directories: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export interface LaneAnswer {
  readonly code: number
  readonly stdout: Buffer
}

/** Below this many directories a shell costs more than it saves. */
const WORTH_A_SHELL = 16

/** A shell can name the descriptors up to 9 only; one more than there are processors keeps these busy. */
const laneCount = (directories: number): number => Math.min(availableParallelism() + 1, 7, directories)

const NUL = 0
const MARK = '='.charCodeAt(0)
const RENAME = '2'.charCodeAt(0)

/**
 * Takes a lane's output apart as it comes. After each answer stands a record of ours, `= <index> <exit code>`. A record of
 * git's never begins so, but the old path that follows a rename's record may.
 */
const openLane = (settle: (index: number, answer: LaneAnswer) => void): ((piece: Buffer) => void) => {
  let held: Buffer = Buffer.alloc(0)
  let at = 0
  let afterRename = false
  return (piece) => {
    held = held.length === 0 ? piece : Buffer.concat([held, piece])
    for (let end = held.indexOf(NUL, at); end >= 0; end = held.indexOf(NUL, at)) {
      const mark = !afterRename && held[at] === MARK
      afterRename = !afterRename && held[at] === RENAME
      if (mark) {
        const [, index, code] = held.toString('latin1', at, end).split(' ')
        settle(Number(index), { code: Number(code), stdout: held.subarray(0, at) })
        held = held.subarray(end + 1)
        at = 0
      } else at = end + 1
    }
  }
}

/**
 * Each lane is a loop; paths reach the shell as arguments and never as its text. `$0` is git, which need not spread the
 * reading of an index over processors that other lanes keep busy.
 */
const scriptFor = (args: readonly string[], lanes: number, directories: number): string => {
  const words = args.map((word) => `'${word}'`).join(' ')
  const loop = `lane() { while [ $# -gt 0 ]; do "$0" -c core.preloadIndex=false -C "$2" ${words}; printf '= %s %s\\0' "$1" "$?"; shift 2; done; }`
  const starts = Array.from({ length: lanes }, (_, lane) => {
    const mine = Array.from({ length: directories }, (_, at) => at).filter((at) => at % lanes === lane)
    return `lane ${mine.map((at) => `${at} "\${${at + 1}}"`).join(' ')} >&${lane + 3} &`
  })
  return `${loop}\n${starts.join('\n')}\nwait`
}

/**
 * Runs git in all directories, a few at a time, under one shell: its forks cost a fraction of Node's. `settle` gets each
 * answer as it comes. Undefined where that does not pay or can't be done; no word of `args` may hold a quote.
 */
export const startLanes = (
  { args, directories, env }: LaneOptions,
  settle: (index: number, answer: LaneAnswer) => void,
): ChildProcess | undefined => {
  if (directories.length < WORTH_A_SHELL || process.platform === 'win32') return undefined
  if (directories.some(carriesRawBytes)) return undefined
  const lanes = laneCount(directories.length)
  const pipes = Array.from({ length: lanes }, () => 'pipe' as const)
  const script = scriptFor(args, lanes, directories.length)
  try {
    const child = spawn('/bin/sh', ['-c', script, gitProgram(env), ...directories], {
      env,
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', ...pipes],
    })
    for (const pipe of child.stdio.slice(3)) (pipe as Readable | null)?.on('data', openLane(settle))
    return child
  } catch {
    // More directories than fit into a command line.
    return undefined
  }
}
