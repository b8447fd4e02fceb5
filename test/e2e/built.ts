import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inject } from 'vitest'
import { BUILT } from '../support/cli.ts'

/** What a finished process left behind. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** A process that was started, and the promise of how it ends. */
export interface Started {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** A copy of the built program of one test file's own: a build that happens meanwhile changes nothing. */
export const copyBuilt = (): string => {
  const directory = mkdtempSync(join(inject('tempRoot'), 'dist-'))
  cpSync(dirname(BUILT), directory, { recursive: true })
  return join(directory, 'wt.js')
}

/** Starts a program. Its standard input is empty. `detached`: in a process group of its own, as a shell starts a job. */
export const start = (
  program: string,
  args: readonly string[],
  options: RunOptions & { readonly detached?: boolean },
): Started => {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
  child.stdout.on('data', (chunk: Buffer) => output.stdout.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.stderr.push(chunk))
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const [stdout, stderr] = [output.stdout, output.stderr].map((chunks) => Buffer.concat(chunks).toString())
      resolve({ code, signal, stdout: stdout ?? '', stderr: stderr ?? '' })
    })
  })
  return { child, ended }
}

/** Starts a built `wt` on the Node that runs the tests. */
export const startBuilt = (wt: string, args: readonly string[], options: RunOptions): Started =>
  start(process.execPath, [wt, ...args], options)

/** Runs a built `wt` to its end. */
export const runBuilt = (wt: string, args: readonly string[], options: RunOptions): Promise<Ended> =>
  startBuilt(wt, args, options).ended

/** Starts a built `wt` in a process group of its own, as a shell starts a job. */
export const startGroup = (wt: string, args: readonly string[], options: RunOptions): Started =>
  start(process.execPath, [wt, ...args], { ...options, detached: true })
