import { availableParallelism } from 'node:os'
import pLimit from 'p-limit'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { type Environment, readingEnvironment } from './environment.ts'
import { endingsSoFar, type GitOutput, runGit } from './process.ts'
import { readInLanes } from './read-in-lanes.ts'
import { complaint, subcommandOf } from './words.ts'

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
  /**
   * The same question in many directories, each answer as it comes. What git prints must be records that end in NUL and
   * are never empty. An answer rejects with GIT_FAILED.
   */
  readEach(args: readonly string[], directories: readonly AbsolutePath[]): readonly Promise<Buffer>[]
}

/** No git that reads has reason to run longer; the whole group is ended then. Milliseconds. */
const BOUND = 120_000

/** More in flight would only take the processor from the one that has to start the next. */
const limit = pLimit(availableParallelism() + 1)

const failure = (args: readonly string[], output: GitOutput): WtError => {
  const cause = new Error(output.stderr.trim())
  const untrusted = /safe\.directory (.+)$/m.exec(output.stderr)?.[1]
  if (untrusted !== undefined) {
    const hint = `if you trust it: git config --global --add safe.directory ${untrusted}`
    return new WtError('GIT_FAILED', complaint(output.stderr), { hint })
  }
  const name = subcommandOf(args)
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
  const read = async (args: readonly string[], options: GitRunOptions = {}): Promise<GitOutput> => {
    // Questions about the whole repository are few, and others wait for their answers; so they wait for nobody.
    const output = await (options.cwd === undefined ? run(args, options) : limit(() => run(args, options)))
    if (!(options.answers ?? [0]).includes(output.code)) throw failure(args, output)
    return output
  }
  return {
    cwd,
    read,
    readEach: (args, directories) => {
      const alone = async (directory: AbsolutePath): Promise<Buffer> => (await read(args, { cwd: directory })).stdout
      return readInLanes({ args, directories, env: base, timeout, alone })
    },
  }
}
