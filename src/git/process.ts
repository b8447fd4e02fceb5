import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { carriesRawBytes } from '../core/bytes.ts'
import { WtError } from '../core/errors.ts'
import { tellPrinted } from './outputs.ts'
import { kindOf, onDisk } from './paths.ts'
import { gitProgram } from './program.ts'
import { openSink, type Sink } from './sink.ts'

/** What a finished git printed. */
export interface GitOutput {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
  /** The signal that ended it; its code is 128 then. */
  readonly endedBy?: NodeJS.Signals
}

export interface SpawnOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array | undefined
  /**
   * Milliseconds until the whole process group is ended. Without it, nothing of ours ends that git, nor who kills our
   * process group: what it has begun, it brings to its end.
   */
  readonly timeout?: number
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

let endings = 0

/** How often everything has been ended. What began before the last time must not start anything more. */
export const endingsSoFar = (): number => endings

/**
 * Ends every git that is still running, each with the processes that it started, and keeps their readers from starting
 * more. For a `wt` that is about to die or has waited long enough.
 */
export const endAll = (signal: NodeJS.Signals): void => {
  endings += 1
  for (const child of live) endGroup(child, signal)
}

/** Has a child ended with everything else, or after `timeout` milliseconds, with all that it has started. */
export const supervise = (child: ChildProcess, timeout: number): void => {
  live.add(child)
  const timer = setTimeout(() => endGroup(child, 'SIGKILL'), timeout)
  const done = (): void => {
    clearTimeout(timer)
    live.delete(child)
  }
  child.once('error', done).once('close', done)
}

const startError = (error: NodeJS.ErrnoException, { cwd, env }: SpawnOptions): WtError => {
  const kind = kindOf(cwd)
  if (kind === undefined) return new WtError('DIRECTORY_GONE', `there is no directory ${cwd}`, { cause: error })
  if (!isAbsolute(gitProgram(env))) {
    return new WtError('GIT_MISSING', 'git was not found on PATH', { hint: 'install git 2.38 or newer' })
  }
  const why = error.code === 'EACCES' ? 'permission denied' : error.message
  return new WtError('GIT_FAILED', `git could not be started in ${cwd}: ${why}`)
}

/** An open directory, for a path that `spawn` can't take, as it takes only UTF-8. The child enters it by number. */
const enter = (cwd: string): { readonly path: string; readonly leave: () => void } => {
  if (!carriesRawBytes(cwd)) return { path: cwd, leave: () => undefined }
  const directory = openSync(onDisk(cwd), 'r')
  return { path: `/proc/self/fd/${directory}`, leave: () => closeSync(directory) }
}

/** Where a child's output goes: to a sink, or where none can be made, through a pipe. */
const collector = (): { readonly sink: Sink | undefined; readonly pieces: Buffer[] } => ({
  sink: openSink(),
  pieces: [],
})

type Collector = ReturnType<typeof collector>

const collected = ({ sink, pieces }: Collector): Buffer => sink?.take() ?? Buffer.concat(pieces)

const start = (args: readonly string[], options: SpawnOptions, out: Collector, err: Collector): ChildProcess => {
  const { cwd, env, input } = options
  const program = gitProgram(env)
  // By name it would be looked for in relative directories too, and so in the one that is to be looked at.
  if (!isAbsolute(program)) throw new Error('no git on PATH')
  const directory = enter(cwd)
  try {
    const child = spawn(program, args, {
      cwd: directory.path,
      env,
      detached: true,
      stdio: [input === undefined ? 'ignore' : 'pipe', out.sink?.descriptor ?? 'pipe', err.sink?.descriptor ?? 'pipe'],
    })
    child.stdout?.on('data', (piece: Buffer) => out.pieces.push(piece))
    child.stderr?.on('data', (piece: Buffer) => err.pieces.push(piece))
    return child
  } finally {
    directory.leave()
  }
}

/**
 * Runs git once, in a process group of its own, and collects what it prints. Any exit code is an answer here.
 * Throws GIT_MISSING when it can't be started and GIT_TIMED_OUT when it was ended after `timeout`.
 */
export const runGit = (args: readonly string[], options: SpawnOptions): Promise<GitOutput> =>
  new Promise((resolve, reject) => {
    const { input, timeout } = options
    const [out, err] = [collector(), collector()]
    let child: ChildProcess
    try {
      child = start(args, options, out, err)
    } catch (error) {
      for (const part of [out, err]) collected(part)
      reject(startError(error as NodeJS.ErrnoException, options))
      return
    }
    if (timeout !== undefined) live.add(child)
    // After the first ending, whatever it is, nothing of this child is of interest any more.
    let open = true
    const finish = (): { readonly stdout: Buffer; readonly stderr: Buffer } => {
      open = false
      clearTimeout(timer)
      live.delete(child)
      return { stdout: collected(out), stderr: collected(err) }
    }
    const expire = (after: number): void => {
      endGroup(child, 'SIGKILL')
      finish()
      // What git has started may have left its group and hold the pipes open: nobody waits for that.
      for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe?.destroy()
      const seconds = Math.round(after / 100) / 10
      reject(new WtError('GIT_TIMED_OUT', `git ${args.join(' ')} gave no answer within ${seconds} s and was ended`))
    }
    const timer = timeout === undefined ? undefined : setTimeout(expire, timeout, timeout)
    // A git that ends before it has read everything closes the pipe; its exit code tells the story.
    child.stdin?.on('error', () => undefined)
    if (input !== undefined) child.stdin?.end(input)
    child.on('error', (error) => {
      if (!open) return
      finish()
      reject(startError(error, options))
    })
    child.on('close', (code, signal) => {
      if (!open) return
      const { stdout, stderr } = finish()
      tellPrinted({ args, cwd: options.cwd, code: code ?? undefined, stdout, stderr })
      const told = stderr.toString() || (signal ? `ended by ${signal}` : '')
      resolve({ code: code ?? 128, stdout, stderr: told, ...(signal && { endedBy: signal }) })
    })
  })
