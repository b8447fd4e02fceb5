import pLimit from 'p-limit'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { type Environment, readingEnvironment } from './environment.ts'
import { endingsSoFar, type GitOutput, runGit } from './process.ts'

export interface GitRunOptions {
  readonly input?: string | Uint8Array
  /** Exit codes that are answers, not failures. Default: only 0. */
  readonly answers?: readonly number[]
  /** Added to the environment, such as GIT_INDEX_FILE. */
  readonly env?: Readonly<Record<string, string>>
  /** Where to run, if not where the reader was opened. */
  readonly cwd?: AbsolutePath
}

/** A git that can only be asked. What a function may touch is in its signature: `gather` and `capture` take this. */
export interface GitReader {
  readonly cwd: AbsolutePath
  /** Throws GIT_FAILED on an exit code that is not listed as an answer. */
  read(args: readonly string[], options?: GitRunOptions): Promise<GitOutput>
}

/** No git that reads has reason to run longer; the whole group is ended then. Milliseconds. */
const BOUND = 120_000

/** As many as the kernel may choose from; a queue of our own would only let processors stand idle between two. */
const limit = pLimit(32)

/** What git complained of, on one line without its prefix; a warning only where there is nothing else. */
const complaint = (stderr: string): string => {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const line = lines.find((each) => /^(fatal|error): /.test(each)) ?? lines[0]
  return line?.replace(/^(fatal|error|warning): /, '').trim() ?? 'it gave no reason'
}

const failure = (args: readonly string[], output: GitOutput): WtError => {
  const cause = new Error(output.stderr.trim())
  const untrusted = /safe\.directory (.+)$/m.exec(output.stderr)?.[1]
  if (untrusted !== undefined) {
    const hint = `if you trust it: git config --global --add safe.directory ${untrusted}`
    return new WtError('GIT_FAILED', complaint(output.stderr), { hint })
  }
  const name = args.find((arg, at) => !arg.startsWith('-') && args[at - 1] !== '-c') ?? ''
  return new WtError('GIT_FAILED', `git ${name} failed (exit code ${output.code}): ${complaint(output.stderr)}`, {
    cause,
  })
}

/** Opens a reader that runs git in `cwd` with nothing inherited that would tie it to another repository. */
export const openGit = (cwd: AbsolutePath, env: Environment, timeout: number = BOUND): GitReader => {
  const base = readingEnvironment(env)
  const opened = endingsSoFar()
  const run = (args: readonly string[], options: GitRunOptions): Promise<GitOutput> => {
    // What still waited for its turn when everything was ended.
    if (opened !== endingsSoFar()) throw new WtError('GIT_FAILED', 'git is not asked any more')
    return runGit(args, {
      cwd: options.cwd ?? cwd,
      env: options.env ? { ...base, ...options.env } : base,
      input: options.input,
      timeout,
    })
  }
  return {
    cwd,
    read: async (args, options = {}) => {
      const output = await limit(() => run(args, options))
      if (!(options.answers ?? [0]).includes(output.code)) throw failure(args, output)
      return output
    },
  }
}
