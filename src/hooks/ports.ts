import type { HookKind } from '../core/hooks.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { type Environment, withoutDiscovery } from '../git/environment.ts'
import type { TemplateFunctions } from '../template/variables.ts'
import type { HookEvent } from './result.ts'
import type { GivenVariables, HookVariables } from './variables.ts'

/** What hooks need of the process that runs them. `hookPorts` in `ground.ts` makes it. */
export interface HookPorts {
  readonly env: Environment
  readonly commonDir: AbsolutePath
  /** Where the user's shell stands. */
  readonly shellCwd: string | undefined
  /** The command line as it was typed, for the command log. */
  readonly words: readonly string[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly say: (event: HookEvent) => void
  /** What is stored for a branch at this moment (`vars` in templates). */
  readonly readVars: (branch: string | undefined) => Promise<Readonly<Record<string, string>>>
  readonly functions: TemplateFunctions
  /** What a background process needs to make `functions` again. */
  readonly settings: BackgroundSettings
}

export interface BackgroundSettings {
  readonly worktreePath: string
  readonly home: AbsolutePath | undefined
}

/** Where a hook runs, and what it is told. */
export interface HookPlace<Kind extends HookKind = HookKind> {
  /** The root of its worktree: it runs there or not at all. */
  readonly cwd: AbsolutePath
  readonly variables: HookVariables<Kind>
  /** What the user has bound on the command line. Only `wt hook` has any. */
  readonly given?: GivenVariables
}

export const NOTHING_GIVEN: GivenVariables = { values: {}, args: [] }

const NEVER_HANDED_ON = ['WT_DIRECTIVE_FILE', 'WT_DIRECTIVE_EXEC_FILE']

const allOf = (env: Environment): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

/**
 * The environment of a program that `wt` runs for the user: nothing that ties git to another repository, no hand-off
 * file but the one that a `wt` in the foreground may write its directory to. `keepDiscovery`: what ties git to a repository
 * stays, as for a command that the user has called by its name.
 */
export const userEnvironment = (
  { env, shellCwd }: Pick<HookPorts, 'env' | 'shellCwd'>,
  { background, keepDiscovery = false }: { readonly background: boolean; readonly keepDiscovery?: boolean },
): Record<string, string> => {
  const out = keepDiscovery ? allOf(env) : withoutDiscovery(env)
  for (const name of NEVER_HANDED_ON) delete out[name]
  if (background) {
    delete out['WT_DIRECTIVE_CD_FILE']
    out['WT_FOREGROUND'] = '-1'
  }
  const shell = env['WT_SHELL_CWD'] || shellCwd
  if (shell !== undefined) out['WT_SHELL_CWD'] = shell
  return out
}
