import { join, relative } from 'node:path'
import { carriesRawBytes } from '../core/bytes.ts'
import { type AbsolutePath, type ObjectId, toObjectId } from '../core/ids.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import type { Worktree } from '../core/worktrees.ts'
import type { GitReader, GitRunOptions } from './git.ts'
import { absolute, kindOf, namesIn, readText } from './paths.ts'

/** Where a git directory is asked about that has no worktree at hand. A variable can't hold bytes that are not UTF-8. */
const inside = (gitDir: AbsolutePath): GitRunOptions =>
  carriesRawBytes(gitDir) ? { cwd: gitDir } : { env: { GIT_DIR: gitDir } }

/**
 * Whether the registration of a worktree that is not there holds work: an operation, or an index that is not what HEAD
 * has. Without a commit everything in the index counts. What can't be told counts as work.
 */
export const holdsWork = async (git: GitReader, { gitDir, head, operation }: Worktree): Promise<boolean> => {
  if (operation !== undefined) return true
  if (kindOf(join(gitDir, 'index')) === undefined) return false
  const args =
    head === undefined
      ? ['ls-files', '-z']
      : ['diff-index', '--cached', '--name-only', '-z', '--no-ext-diff', head, '--']
  try {
    return (await git.read(args, inside(gitDir))).stdout.length > 0
  } catch {
    return true
  }
}

/** Whether no ref reaches the commit that a detached worktree stands on. What can't be told counts as that. */
export const isUnreached = async (
  git: GitReader,
  refs: RefSnapshot,
  commonDir: AbsolutePath,
  head: ObjectId,
): Promise<boolean> => {
  for (const { oid } of refs.entries()) if (oid === head) return false
  try {
    // Asked as of the repository itself: refs of a worktree's own go with it.
    const args = ['rev-list', '--max-count=1', head, '--not', '--glob=refs/*']
    return (await git.read(args, inside(commonDir))).stdout.length > 0
  } catch {
    return true
  }
}

const isRepository = (path: string): boolean =>
  kindOf(join(path, 'HEAD')) === 'file' && kindOf(join(path, 'objects')) === 'directory'

/** The repositories below `modules/`; a submodule's name may have slashes, and submodules have submodules. */
const repositoriesIn = (directory: string): readonly AbsolutePath[] =>
  namesIn(directory).flatMap((name): readonly AbsolutePath[] => {
    const path = join(directory, name) as AbsolutePath
    if (kindOf(path) !== 'directory') return []
    return isRepository(path) ? [path, ...repositoriesIn(join(path, 'modules'))] : repositoriesIn(path)
  })

/** Submodules that keep their repository in the worktree itself, as very old ones do. */
const embeddedIn = (path: AbsolutePath): readonly AbsolutePath[] =>
  (readText(join(path, '.gitmodules')) ?? '').split('\n').flatMap((line) => {
    const [, value] = /^\s*path\s*=\s*"?([^"]+?)"?\s*$/.exec(line) ?? []
    const dotGit = value === undefined ? path : absolute(path, join(value, '.git'))
    return dotGit.startsWith(`${path}/`) && isRepository(dotGit) ? [dotGit] : []
  })

/** Commits that were fetched by their id are on the remote, even if no remote-tracking ref shows it. */
const fetched = (repository: AbsolutePath): readonly string[] =>
  (readText(join(repository, 'FETCH_HEAD')) ?? '')
    .split('\n')
    .flatMap((line) => toObjectId(line.slice(0, line.indexOf('\t'))) ?? [])

const hasOwnCommits = async (git: GitReader, repository: AbsolutePath): Promise<boolean> => {
  const args = ['rev-list', '--max-count=1', '--ignore-missing', '--all', '--not', '--remotes', ...fetched(repository)]
  try {
    return (await git.read(args, inside(repository))).stdout.length > 0
  } catch {
    return true
  }
}

/** The submodules whose repository goes with the worktree and has commits that no remote is known to have. */
export const submodulesWithWork = async (
  git: GitReader,
  { gitDir, path }: Pick<Worktree, 'gitDir' | 'path'>,
): Promise<readonly string[]> => {
  const modules = join(gitDir, 'modules')
  const found = [
    ...repositoriesIn(modules).map((repository) => ({ repository, name: relative(modules, repository) })),
    ...embeddedIn(path).map((repository) => ({ repository, name: relative(path, join(repository, '..')) })),
  ]
  const answers = await Promise.all(
    found.map(async ({ repository, name }) => ((await hasOwnCommits(git, repository)) ? [name] : [])),
  )
  return answers.flat()
}
