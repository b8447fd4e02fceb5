import { join } from 'node:path'
import { PairMap } from '../../src/core/facts.ts'
import type { AbsolutePath, BranchName, RefName, RepoId } from '../../src/core/ids.ts'
import type { Integration } from '../../src/core/integration.ts'
import type { Plan, Refusal } from '../../src/core/plan.ts'
import type { RefSnapshot } from '../../src/core/snapshot.ts'
import type { Worktree } from '../../src/core/worktrees.ts'
import type { ApplyContext } from '../../src/git/apply.ts'
import { openGit } from '../../src/git/git.ts'
import { captureRefs } from '../../src/git/refs.ts'
import { openWriter } from '../../src/git/writer.ts'
import { type BranchRemovalCode, planBranchRemoval } from '../../src/worktree/remove/plan.ts'
import { EPOCH } from './environment.ts'
import type { TestRepo } from './repo.ts'

export interface RemovalRequest {
  readonly branch: string
  /** The full name of the ref that judges. Default: `refs/heads/main`. */
  readonly judge?: string
  readonly force?: boolean
}

/** What `apply` needs to work on a test's repository. */
export const contextOf = (repo: TestRepo): ApplyContext => ({
  reader: openGit(repo.dir, repo.env),
  writer: openWriter(repo.dir, repo.env),
  repo: repo.dir as string as RepoId,
  env: repo.env,
  commonDir: join(repo.dir, repo.git('rev-parse', '--git-common-dir')) as AbsolutePath,
  now: () => new Date(EPOCH * 1000),
  command: ['wt', 'remove'],
})

/** The refs of a test's repository, as the program sees them. */
export const capture = (repo: TestRepo): Promise<RefSnapshot> =>
  captureRefs(openGit(repo.dir, repo.env), repo.dir as string as RepoId)

/** The worktrees as git lists them, with nothing known but path and branch. */
const worktreesOf = (repo: TestRepo): readonly Worktree[] =>
  repo
    .git('worktree', 'list', '--porcelain')
    .split('\n\n')
    .map((block) => {
      const path = /^worktree (.*)$/m.exec(block)?.[1] as AbsolutePath
      const branch = /^branch refs\/heads\/(.*)$/m.exec(block)?.[1] as BranchName | undefined
      return { id: undefined, path, gitDir: path, head: undefined, branch, detached: branch === undefined }
    })

/** Looks at a repository, asks git whether the branch is in its judge, and plans to delete it. */
export const planRemoval = async (
  repo: TestRepo,
  { branch, judge = 'refs/heads/main', force = false }: RemovalRequest,
): Promise<Plan | Refusal<BranchRemovalCode>> => {
  const basis = await capture(repo)
  const ref = judge as RefName
  const [oid, head] = [basis.resolve(ref), basis.tip(branch as BranchName)]
  const integrations = new PairMap<Integration>()
  if (oid !== undefined && head !== undefined && repo.tryGit(['merge-base', '--is-ancestor', head, oid]).code === 0) {
    integrations.set({ base: oid, head }, { kind: 'integrated', reason: 'ancestor' })
  }
  const facts = {
    worktrees: { worktrees: worktreesOf(repo), bare: false },
    defaultBranch: 'main' as BranchName,
    judgedBy: oid === undefined ? undefined : { ref, oid },
    integrations,
  }
  return planBranchRemoval(basis, facts, { branch: branch as BranchName, force })
}

/** The plan to delete a branch. Throws if it is refused. */
export const mustPlan = async (repo: TestRepo, request: RemovalRequest): Promise<Plan> => {
  const plan = await planRemoval(repo, request)
  if (plan.kind === 'refusal') throw new Error(plan.message)
  return plan
}

/** Everything about a repository's refs that a user could notice: values, reflogs, configuration. */
export const stateOf = (repo: TestRepo): string =>
  [
    repo.git('for-each-ref', '--format=%(refname) %(objectname) %(symref)'),
    repo.git('reflog', 'show', '--all', '--format=%gD %H %gs'),
    repo.git('config', '--list', '--local'),
    repo.tryGit(['symbolic-ref', '-q', 'HEAD']).stdout.toString(),
  ].join('\n')
