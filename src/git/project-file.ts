import type { AbsolutePath, BranchName } from '../core/ids.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import type { WorktreeSnapshot } from '../core/worktrees.ts'
import type { Repository } from './repository.ts'

/** Where a repository's own configuration is read from. */
export interface ProjectFile {
  /** The worktree that has it. */
  readonly projectRoot: AbsolutePath | undefined
  /** Its text, where no worktree has it: `name` is what messages call it. */
  readonly projectText?: { readonly name: string; readonly text: string }
}

/** The file that a repository carries, by its path in a worktree. */
const NAME = '.config/wt.toml'

interface Place {
  readonly repository: Repository
  readonly refs: RefSnapshot
  readonly snapshot: WorktreeSnapshot
  readonly defaultBranch: BranchName | undefined
}

/**
 * Finds the configuration that the repository carries: that of the worktree that `wt` was started in. At the root of a
 * bare repository it is the default branch's: of its worktree, or of its commit where it has none.
 */
export const findProjectFile = async ({ repository, refs, snapshot, defaultBranch }: Place): Promise<ProjectFile> => {
  const { layout, git } = repository
  if (layout.top !== undefined || !snapshot.bare || defaultBranch === undefined) return { projectRoot: layout.top }
  const worktree = snapshot.worktrees.find(({ branch, prunable }) => branch === defaultBranch && prunable === undefined)
  if (worktree !== undefined) return { projectRoot: worktree.path }
  const tip = refs.tip(defaultBranch)
  if (tip === undefined) return { projectRoot: undefined }
  const { code, stdout } = await git.read(['cat-file', 'blob', `${tip}:${NAME}`], { answers: [0, 128] })
  if (code !== 0) return { projectRoot: undefined }
  return { projectRoot: undefined, projectText: { name: `${defaultBranch}:${NAME}`, text: stdout.toString() } }
}
