import { spawnSync } from 'node:child_process'

export interface GitCall {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array
}

/** What a git printed, whatever its exit code; standard output as bytes. */
export interface GitAnswer {
  readonly code: number
  readonly stdout: Buffer
  readonly stderr: string
}

/** Runs a real git and waits for it. Throws only if it can't be started. */
export const tryGit = (args: readonly string[], call: GitCall): GitAnswer => {
  const done = spawnSync('git', args, { ...call, maxBuffer: 1 << 28 })
  if (done.error !== undefined) throw done.error
  return { code: done.status ?? 128, stdout: done.stdout, stderr: done.stderr.toString() }
}

/** Runs a real git and returns what it printed, without the last newline. Throws on any other exit code than 0. */
export const git = (args: readonly string[], call: GitCall): string => {
  const { code, stdout, stderr } = tryGit(args, call)
  if (code !== 0) throw new Error(`git ${args.join(' ')} ended with ${code} in ${call.cwd}:\n${stderr}`)
  return stdout.toString().replace(/\n$/, '')
}

/** Whether the git under test knows the reftable format (2.45 and newer). */
export const hasReftable = (): boolean =>
  /--ref-format/.test(
    spawnSync('git', ['init', '-h'], { env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } }).stdout.toString(),
  )
