import { type ChildProcess, spawn } from 'node:child_process'
import { WtError } from '../core/errors.ts'

/** What a finished git printed. */
export interface GitOutput {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

export interface SpawnOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array | undefined
  /** Milliseconds until the whole process group is ended. */
  readonly timeout: number
}

const live = new Set<ChildProcess>()

const endGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}

/** Ends every git that is still running, each with the processes that it started. For a `wt` that is about to die. */
export const endAll = (signal: NodeJS.Signals): void => {
  for (const child of live) endGroup(child, signal)
}

const startError = (error: NodeJS.ErrnoException, cwd: string): WtError => {
  if (error.code !== 'ENOENT') return new WtError('GIT_FAILED', `git could not be started: ${error.message}`, { cause: error })
  return new WtError('GIT_MISSING', `git could not be started in ${cwd}`, {
    hint: 'check that the directory is there and that git is on PATH',
    cause: error,
  })
}

/**
 * Runs git once, in a process group of its own, and collects what it prints. Any exit code is an answer here.
 * Throws GIT_MISSING when it can't be started and GIT_TIMED_OUT when it was ended after `timeout`.
 */
export const runGit = (args: readonly string[], options: SpawnOptions): Promise<GitOutput> =>
  new Promise((resolve, reject) => {
    const { cwd, env, input } = options
    const child = spawn('git', args, {
      cwd,
      env,
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    live.add(child)
    const out: Buffer[] = []
    const err: Buffer[] = []
    let timedOut = false
    const timer = setTimeout(() => {
      timedOut = true
      endGroup(child, 'SIGKILL')
    }, options.timeout)
    child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
    // A git that ends before it has read everything closes the pipe; its exit code tells the story.
    child.stdin?.on('error', () => undefined)
    if (input !== undefined) child.stdin?.end(input)
    const done = (): void => {
      clearTimeout(timer)
      live.delete(child)
    }
    child.on('error', (error) => {
      done()
      reject(startError(error, cwd))
    })
    child.on('close', (code, signal) => {
      done()
      if (timedOut) {
        const seconds = Math.round(options.timeout / 100) / 10
        reject(new WtError('GIT_TIMED_OUT', `git ${args.join(' ')} gave no answer within ${seconds} s and was ended`))
        return
      }
      const stdout = out.length === 1 ? (out[0] as Buffer) : Buffer.concat(out)
      resolve({ code: code ?? 128, stdout, stderr: Buffer.concat(err).toString() || (signal ? `ended by ${signal}` : '') })
    })
  })
