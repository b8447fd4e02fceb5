import { basename } from 'node:path'
import type { AbsolutePath, BranchName, ObjectId } from '../../core/ids.ts'
import { shortRefName } from '../../core/ids.ts'
import { primaryRemote } from '../../core/project-id.ts'
import type { TemplateVariables } from '../../template/variables.ts'
import type { Look } from '../look.ts'
import { varsOf } from '../template-variables.ts'
import { pathPlace } from './place.ts'

/** What a switch leads to and comes from, as templates see it. */
export interface Journey {
  readonly branch: BranchName | undefined
  readonly path: AbsolutePath
  readonly commit: ObjectId | undefined
  /** Where the program runs. */
  readonly cwd: AbsolutePath
  readonly base: string | undefined
  readonly basePath: AbsolutePath | undefined
}

const SHORT = 7

/** The variables that `-x` knows. What has no value here is known and unset. */
export const journeyVariables = (look: Look, journey: Journey, home: AbsolutePath | undefined): TemplateVariables => {
  const { branch, path, commit, cwd, base, basePath } = journey
  const { repoPath, repo, owner, remoteRepo } = pathPlace(look, home)
  const upstream = branch === undefined ? undefined : look.refs.upstreamOf(branch)
  const remote = primaryRemote(look.repository.settings)
  return {
    branch,
    worktree_path: path,
    worktree_name: basename(path),
    commit,
    short_commit: commit?.slice(0, SHORT),
    upstream: upstream === undefined ? undefined : shortRefName(upstream),
    repo,
    repo_path: repoPath,
    owner,
    remote_repo: remoteRepo,
    primary_worktree_path: look.primary?.path,
    default_branch: look.defaultBranch,
    remote: remote?.name,
    remote_url: remote?.url,
    cwd,
    base,
    base_worktree_path: basePath,
    vars: { kind: 'data', value: varsOf(look, { branch }) },
  }
}
