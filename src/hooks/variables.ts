import type { HookKind } from '../core/hooks.ts'
import { storedValues } from '../core/stored-values.ts'
import type { VariableValue } from '../template/variables.ts'

type Text = string | undefined

/** What every hook knows of the repository. */
export interface RepositoryVariables {
  readonly repo: string
  readonly repo_path: string
  /** From the primary remote, where it can be taken apart. */
  readonly owner: Text
  readonly remote_repo: Text
  readonly remote: Text
  readonly remote_url: Text
  readonly default_branch: Text
  readonly primary_worktree_path: Text
}

/** What every hook knows of the worktree that it is about: the destination of a switch, the feature of a merge. */
export interface ActiveVariables {
  /** Undefined in a detached worktree. */
  readonly branch: Text
  readonly worktree_path: string
  readonly worktree_name: string
  readonly commit: Text
  readonly short_commit: Text
  readonly upstream: Text
}

interface SwitchVariables {
  /** Of a created branch: its base. Of an existing one, and in `pre-switch`: what is left. */
  readonly base: Text
  readonly base_worktree_path: Text
  readonly target: Text
  readonly target_worktree_path: Text
  readonly pr_number: Text
  readonly pr_url: Text
}

interface CommitVariables {
  /** The branch that the commit is meant for, inside of a merge or a squash. */
  readonly target: Text
}

interface LandingVariables {
  /** The branch that is merged into, or that of the worktree that is landed in. */
  readonly target: Text
  readonly target_worktree_path: Text
}

/** What a hook knows beyond the worktree and the repository. */
interface OwnVariables {
  readonly 'pre-switch': SwitchVariables
  readonly 'pre-start': SwitchVariables
  readonly 'post-start': SwitchVariables
  readonly 'post-switch': SwitchVariables
  readonly 'pre-commit': CommitVariables
  readonly 'post-commit': CommitVariables
  readonly 'pre-merge': LandingVariables
  readonly 'post-merge': LandingVariables
  readonly 'pre-remove': LandingVariables
  readonly 'post-remove': LandingVariables
}

/** Everything that the caller of a hook has to say. Nothing can be left out: what has no value is undefined. */
export type HookVariables<Kind extends HookKind = HookKind> = Kind extends HookKind
  ? RepositoryVariables & ActiveVariables & OwnVariables[Kind]
  : never

/** Values that a user has bound on the command line of `wt hook`, and the words for `args`. */
export interface GivenVariables {
  readonly values: Readonly<Record<string, string>>
  readonly args: readonly string[]
}

const SWITCH = ['base', 'base_worktree_path', 'target', 'target_worktree_path', 'pr_number', 'pr_url']
const LANDING = ['target', 'target_worktree_path']
const COMMON = [
  ...['branch', 'worktree_path', 'worktree_name', 'commit', 'short_commit', 'upstream', 'repo', 'repo_path', 'owner'],
  ...[
    'remote_repo',
    'remote',
    'remote_url',
    'default_branch',
    'primary_worktree_path',
    'cwd',
    'hook_type',
    'hook_name',
  ],
  ...['args', 'vars'],
]

/** Every name that a hook's template can use, for a check before there are values. */
export const namesFor = (kind: HookKind): Readonly<Record<string, string>> => {
  const own = /-(?:switch|start)$/.test(kind) ? SWITCH : kind.endsWith('-commit') ? ['target'] : LANDING
  return Object.fromEntries([...COMMON, ...own].map((name) => [name, '']))
}

/** Names that nobody may bind on a command line. */
export const UNBINDABLE: ReadonlySet<string> = new Set(['args', 'vars'])

type Texts = Readonly<Record<string, Text>>

/** The texts that the template of an alias is given. */
export const aliasTexts = (variables: Texts, cwd: string, { values }: Pick<GivenVariables, 'values'>): Texts => ({
  ...variables,
  cwd,
  ...values,
})

/** The texts that one command's template is given. */
export const hookTexts = (
  variables: HookVariables,
  command: { readonly kind: HookKind; readonly name: string | undefined; readonly cwd: string },
  { values }: Pick<GivenVariables, 'values'>,
): Texts => ({ ...variables, cwd: command.cwd, hook_type: command.kind, hook_name: command.name, ...values })

/** Everything that a template is given: its texts, `args`, and what is stored for the branch. */
export const templateVariables = (
  texts: Texts,
  vars: Readonly<Record<string, string>>,
  { args }: Pick<GivenVariables, 'args'>,
): Readonly<Record<string, VariableValue | undefined>> => ({
  ...texts,
  args: { kind: 'words', words: args },
  vars: { kind: 'data', value: storedValues(vars) },
})
