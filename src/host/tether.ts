import { type ChildProcess, spawn } from 'node:child_process'
import { type BigIntStats, statSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Interrupted } from '../core/interrupted.ts'

export interface TetherRequest {
  readonly argv: readonly [program: string, ...words: readonly string[]]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  /** Directories: when one of them is no longer there, the program ends. */
  readonly watched: readonly string[]
}

type Signal = Interrupted['signal']

/** How a tethered program came to its end. */
export type TetherEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'interrupted'; readonly signal: Signal }
  | { readonly kind: 'not-started'; readonly reason: string }

/** Milliseconds between two looks at the directories. */
const INTERVAL = 250
/** Milliseconds that a group has to end itself, and between two looks at whether it has. */
const GRACE = 5000
const GLANCE = 25

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

const identity = (path: string): string | undefined => {
  try {
    const { dev, ino }: BigIntStats = statSync(path, { bigint: true })
    return `${dev} ${ino}`
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    // What may not be looked at is not gone.
    return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : 'there'
  }
}

/** Sends a signal to a whole group; false when there is nobody in it any more. */
const signalGroup = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    process.kill(-pid, signal)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const untilEmpty = async (pid: number, patience: number): Promise<boolean> => {
  for (const end = performance.now() + patience; performance.now() < end; await sleep(GLANCE)) {
    if (!signalGroup(pid, 0)) return true
  }
  return false
}

/** Ends whatever is left of a group: asks first, then does not ask. */
const endGroup = async (pid: number, signal: NodeJS.Signals): Promise<void> => {
  if (!signalGroup(pid, signal) || (await untilEmpty(pid, GRACE))) return
  signalGroup(pid, 'SIGKILL')
  await untilEmpty(pid, 1000)
}

const started = (child: ChildProcess): Promise<string | undefined> =>
  new Promise((resolve) => {
    child.once('spawn', () => resolve(undefined))
    child.once('error', (error: NodeJS.ErrnoException) =>
      resolve(
        error.code === 'ENOENT' ? 'it was not found' : error.code === 'EACCES' ? 'it may not be run' : error.message,
      ),
    )
  })

/**
 * Runs a program in a process group of its own until it ends, one of the directories is gone, or `wt` is told to end; then
 * ends all that is left of the group. Signals are taken over meanwhile: whoever calls this has to die by the one that is
 * in the answer.
 */
export const runTethered = async ({ argv, cwd, env, watched }: TetherRequest): Promise<TetherEnd> => {
  const known = watched.map((path) => [path, identity(path)] as const)
  const isGone = (): boolean => known.some(([path, before]) => before !== 'there' && identity(path) !== before)
  let received: Signal | undefined
  let wake: () => void = () => undefined
  const over = new Promise<void>((resolve) => {
    wake = resolve
  })
  // Before there is a program: whoever sees it run may send one at once.
  for (const signal of SIGNALS) {
    process.removeAllListeners(signal)
    process.on(signal, () => {
      received ??= signal
      wake()
    })
  }
  const child = spawn(argv[0], argv.slice(1), { cwd, env, stdio: 'inherit', detached: true })
  child.once('exit', wake)
  const reason = await started(child)
  const { pid } = child
  if (reason !== undefined || pid === undefined) return { kind: 'not-started', reason: reason ?? 'it has no process' }
  const timer = setInterval(() => isGone() && wake(), INTERVAL)
  await over
  clearInterval(timer)
  await endGroup(pid, received ?? 'SIGTERM')
  return received === undefined ? { kind: 'ended' } : { kind: 'interrupted', signal: received }
}
