import { basename } from 'node:path'
import { WtError } from '../core/errors.ts'
import type { CommitHeader } from '../core/facts.ts'
import { type AbsolutePath, type BranchName, type ObjectId, shortRefName } from '../core/ids.ts'
import { parseRemoteUrl, primaryRemote } from '../core/project-id.ts'
import { storedValues } from '../core/stored-values.ts'
import type { Worktree } from '../core/worktrees.ts'
import { storedVars } from '../git/stored-vars.ts'
import type { TemplateFunctions, VariableValue } from '../template/variables.ts'
import type { Look } from './look.ts'
import { expectedPaths } from './path-template.ts'

/** What a template can say about one worktree. What has no value is undefined, so that it counts as known. */
export interface WorktreeVariables {
  /** Undefined in a detached worktree. */
  readonly branch: string | undefined
  readonly worktree_path: string
  readonly worktree_name: string
  readonly commit: string | undefined
  /** As short as git makes it; undefined where nobody has asked for it. */
  readonly short_commit: string | undefined
  readonly upstream: string | undefined
  readonly repo: string
  readonly repo_path: string
  readonly owner: string | undefined
  readonly remote_repo: string | undefined
  readonly primary_worktree_path: string | undefined
  readonly default_branch: string | undefined
  readonly remote: string | undefined
  readonly remote_url: string | undefined
  /** The directory in which the command runs. */
  readonly cwd: string
}

/** What is stored for a worktree's branch: `vars` in a template. */
export const varsOf = ({ repository }: Look, { branch }: Pick<Worktree, 'branch'>): Readonly<Record<string, unknown>> =>
  storedValues(storedVars(repository.settings, branch))

/** The variables of a worktree for a command that runs in it. */
export const variablesOf = (
  look: Look,
  worktree: Pick<Worktree, 'branch' | 'head' | 'path'>,
  headers: ReadonlyMap<ObjectId, CommitHeader>,
): WorktreeVariables => {
  const { repository, refs, defaultBranch, primary } = look
  const { branch, head, path } = worktree
  const remote = primaryRemote(repository.settings)
  const location = parseRemoteUrl(remote?.url ?? '')
  const upstream = branch && refs.upstreamOf(branch)
  return {
    branch,
    worktree_path: path,
    worktree_name: basename(path),
    commit: head,
    short_commit: head && headers.get(head)?.abbreviated,
    upstream: upstream && shortRefName(upstream),
    repo: basename(repository.root),
    repo_path: repository.root,
    owner: location?.owner,
    remote_repo: location?.repo,
    primary_worktree_path: primary?.path,
    default_branch: defaultBranch,
    remote: remote?.name,
    remote_url: remote?.url,
    cwd: path,
  }
}

/** The same with what is stored for the branch, as the template engine takes it. */
export const forTemplates = (
  variables: WorktreeVariables,
  vars: Readonly<Record<string, unknown>>,
): Readonly<Record<string, VariableValue | undefined>> => ({ ...variables, vars: { kind: 'data', value: vars } })

/** The functions that templates can call. They throw TEMPLATE_INVALID where `worktree-path` gives no path. */
export const templateFunctions = async (look: Look, home: AbsolutePath | undefined): Promise<TemplateFunctions> => {
  const expected = await expectedPaths(look, home)
  return {
    worktree_path_of_branch: (branch) =>
      look.worktrees.worktrees.find((worktree) => worktree.branch === branch && worktree.prunable === undefined)
        ?.path ?? '',
    expected_worktree_path_of_branch: (branch) => {
      const placed = expected(branch as BranchName)
      if (placed.kind === 'path') return placed.path
      throw new WtError('TEMPLATE_INVALID', placed.message)
    },
  }
}
