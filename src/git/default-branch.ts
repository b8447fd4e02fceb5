import { decodeBytes } from '../core/bytes.ts'
import { DEFAULT_BRANCH_KEY, type RemoteAnswer } from '../core/default-branch.ts'
import { WtError } from '../core/errors.ts'
import { type AbsolutePath, branchOf, type RefName } from '../core/ids.ts'
import { type ConfigHome, editConfig } from './config-file.ts'
import { type Environment, withoutDiscovery } from './environment.ts'
import { runGit } from './process.ts'

/** Milliseconds that a remote has for its answer; a default branch is worth no more. */
const BOUND = 10_000

/**
 * The environment of a git that may use the network and must not ask anybody: `runGit` gives it no terminal, and this
 * takes the programs away that would open a window. `GIT_SSH_COMMAND` stays as it is, or it would put
 * `core.sshCommand` out of force.
 */
const askingEnvironment = (env: Environment): Record<string, string> => {
  const out = withoutDiscovery(env)
  for (const name of ['SSH_ASKPASS', 'LC_ALL', 'LANGUAGE']) delete out[name]
  return Object.assign(out, {
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS_REQUIRE: 'never',
    GCM_INTERACTIVE: 'never',
    LC_MESSAGES: 'C',
  })
}

export interface RemoteQuestion {
  readonly cwd: AbsolutePath
  readonly env: Environment
  /** A configured remote's name. */
  readonly remote: string
  /** Milliseconds; default 10 s. */
  readonly timeout?: number
}

const HEAD_LINE = /^ref: (\S+)\tHEAD$/m

/** Asks a remote over the network which branch its HEAD names. A remote that fails, in whatever way, has none. */
export const askRemote = async ({ cwd, env, remote, timeout = BOUND }: RemoteQuestion): Promise<RemoteAnswer> => {
  try {
    const args = ['ls-remote', '--symref', '--', remote, 'HEAD']
    const { code, stdout } = await runGit(args, { cwd, env: askingEnvironment(env), timeout })
    const target = code === 0 ? HEAD_LINE.exec(decodeBytes(stdout))?.[1] : undefined
    const branch = target === undefined ? undefined : branchOf(target as RefName)
    return branch === undefined ? { kind: 'none', timedOut: false } : { kind: 'branch', branch }
  } catch (error) {
    if (!(error instanceof WtError)) throw error
    return { kind: 'none', timedOut: error.code === 'GIT_TIMED_OUT' }
  }
}

/**
 * Keeps the default branch in the repository's configuration, for all its worktrees. Whether it could be written (not
 * read-only, not locked by another git) is the answer; it never fails, as it can be found again.
 */
export const rememberDefaultBranch = (home: ConfigHome, branch: string): Promise<boolean> =>
  editConfig(home, [{ key: DEFAULT_BRANCH_KEY, value: branch }])
