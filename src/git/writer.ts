import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AbsolutePath } from '../core/ids.ts'
import { type Environment, withoutDiscovery } from './environment.ts'
import { enterSection } from './foreground.ts'
import type { ForegroundGit } from './foreground-git.ts'
import type { GitRunOptions } from './git.ts'
import { type GitOutput, runGit, type SpawnOptions } from './process.ts'
import { runSimpleGit, type SimpleResult } from './simple.ts'
import { heldLock, REFTABLE_LOCK, writeFailure } from './write-failure.ts'

/** How a git that writes is run. */
interface GitWriteOptions extends GitRunOptions {
  /**
   * In a process group of its own: who kills all of ours would otherwise leave half a transaction, and git's locks, which
   * nobody may take away.
   */
  readonly apart?: boolean
  /** In the shell's job group, as what may take long or run the user's programs must be. It has no input then. */
  readonly foreground?: Pick<ForegroundGit, 'heard' | 'onStart'>
}

/** A git that may change things. Only `apply` and its effects are given one. */
export interface GitWriter {
  readonly cwd: AbsolutePath
  /**
   * Throws GIT_FAILED on an exit code that is not listed as an answer; the cause is a `GitExit`. A lock of git's own that
   * another process holds is waited for, about a second.
   */
  write(args: readonly string[], options?: GitWriteOptions): Promise<GitOutput>
}

/** How long one and the same lock file is waited for, beyond what git itself waits for some. Milliseconds. */
const PATIENCE = 1000

/** How long is waited for lock files that come and go: others get on with their work then. Milliseconds. */
const LONGEST = 10_000

type Run = (args: readonly string[], input?: string | Uint8Array) => Promise<SimpleResult>

/** The lock file in git's way, by a path that can be typed anywhere. */
const lockPath = async (stderr: string, run: Run): Promise<string | undefined> => {
  const lock = heldLock(stderr)
  if (lock !== REFTABLE_LOCK) return lock
  const { code, stdout } = await run(['rev-parse', '--path-format=absolute', '--git-common-dir'])
  return code === 0 ? `${stdout.toString().replace(/\n$/, '')}/${lock}` : lock
}

/** Tells one holder of a lock file from the next. */
const holderOf = (lock: string): Promise<string> =>
  stat(lock).then(
    ({ ino, mtimeMs }) => `${ino} ${mtimeMs}`,
    () => 'gone',
  )

/** Tries again while git finds a lock file in its way. git fails on one before it has changed anything. */
const patiently = async (run: Run, args: readonly string[], input?: string | Uint8Array): Promise<SimpleResult> => {
  let result = await run(args, input)
  const last = performance.now() + LONGEST
  let end = performance.now() + PATIENCE
  let holder = ''
  for (let pause = 15; result.code !== 0; pause = Math.min(pause * 2, 120)) {
    const lock = await lockPath(result.stderr, run)
    if (lock === undefined) break
    const [held, now] = [await holderOf(lock), performance.now()]
    if (held !== holder) end = now + PATIENCE
    if (now > Math.min(end, last)) break
    holder = held
    // Some jitter, or those who wait for the same lock would come back together.
    await sleep(pause * (0.75 + Math.random() / 2))
    result = await run(args, input)
  }
  return result
}

/** A signal is heeded afterwards: what git changes has to be told, and be in the journal. */
const runApart = async (args: readonly string[], options: SpawnOptions): Promise<SimpleResult> => {
  const leave = enterSection()
  try {
    const { code, endedBy, stdout, stderr } = await runGit(args, options)
    return { code: endedBy === undefined ? code : undefined, stdout, stderr }
  } finally {
    leave()
  }
}

/** Opens a writer that runs git in `cwd` with nothing inherited that would tie it to another repository. */
export const openWriter = (cwd: AbsolutePath, env: Environment): GitWriter => {
  // git's words in English, as lock files are read from them; the character set stays the user's own.
  const base = { ...withoutDiscovery(env), LANGUAGE: 'C' }
  return {
    cwd,
    write: async (args, options = {}) => {
      const call = { cwd: options.cwd ?? cwd, env: { ...base, ...options.env } }
      const { apart = false, foreground } = options
      const run: Run = async (command, input) => {
        if (apart) return runApart(command, { ...call, input })
        if (foreground === undefined) return runSimpleGit(command, { ...call, input })
        const { runForegroundGit } = await import('./foreground-git.ts')
        return runForegroundGit(command, { ...call, ...foreground })
      }
      const result = await patiently(run, args, options.input)
      const { code, stdout, stderr } = result
      if (code !== undefined && (options.answers ?? [0]).includes(code)) return { code, stdout, stderr }
      throw writeFailure(args, result, await lockPath(stderr, run))
    },
  }
}
