import { dirname, join } from 'node:path'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from './environment.ts'
import { absolute, canonical, kindOf, readText } from './paths.ts'

/** Where the parts of a repository lie, found without starting a process. */
export interface RepositoryLayout {
  /** The git directory of the place `wt` was called from. */
  readonly gitDir: AbsolutePath
  /** What all worktrees share: refs, objects, configuration. */
  readonly commonDir: AbsolutePath
  /** The root of the worktree that `wt` was called from; undefined inside a git directory. */
  readonly top: AbsolutePath | undefined
}

const isGitDirectory = (path: string): boolean =>
  kindOf(join(path, 'HEAD')) === 'file' &&
  (kindOf(join(path, 'commondir')) === 'file' ||
    (kindOf(join(path, 'objects')) === 'directory' && kindOf(join(path, 'refs')) === 'directory'))

/** Where a `.git` file points to; undefined when it is none. */
export const readGitFile = (path: string): AbsolutePath | undefined => {
  const target = /^gitdir: ([^\n]+)\n*$/.exec(readText(path) ?? '')?.[1]
  return target === undefined ? undefined : absolute(dirname(path), target)
}

const commonOf = (gitDir: AbsolutePath): AbsolutePath => {
  const pointer = readText(join(gitDir, 'commondir'))?.replace(/\n+$/, '')
  return pointer ? absolute(gitDir, pointer) : gitDir
}

const layoutAt = (directory: string): RepositoryLayout | undefined => {
  const dotGit = join(directory, '.git')
  const kind = kindOf(dotGit)
  const gitDir = kind === 'directory' ? (dotGit as AbsolutePath) : kind === 'file' ? readGitFile(dotGit) : undefined
  if (gitDir !== undefined && isGitDirectory(gitDir)) {
    return { gitDir, commonDir: commonOf(gitDir), top: directory as AbsolutePath }
  }
  if (!isGitDirectory(directory)) return undefined
  return { gitDir: directory as AbsolutePath, commonDir: commonOf(directory as AbsolutePath), top: undefined }
}

const ceilings = (env: Environment): ReadonlySet<string> =>
  new Set((env['GIT_CEILING_DIRECTORIES'] ?? '').split(':').filter((path) => path.startsWith('/')))

/**
 * Finds the repository that a directory belongs to, as git does: upwards, up to GIT_CEILING_DIRECTORIES. An inherited
 * GIT_DIR counts only where nothing is found: inside a hook it names the hook's repository, not the one asked about.
 * Throws NOT_A_REPOSITORY.
 */
export const locate = (from: AbsolutePath, env: Environment): RepositoryLayout => {
  const stops = ceilings(env)
  for (let directory: string = from; ; directory = dirname(directory)) {
    const layout = layoutAt(directory)
    if (layout !== undefined) return layout
    if (dirname(directory) === directory || stops.has(dirname(directory))) break
  }
  const inherited = env['GIT_DIR']
  const gitDir = inherited === undefined ? undefined : canonical(absolute(from, inherited))
  if (gitDir !== undefined && isGitDirectory(gitDir)) return { gitDir, commonDir: commonOf(gitDir), top: undefined }
  throw new WtError('NOT_A_REPOSITORY', `not inside a git repository: ${from}`, {
    hint: 'go to a repository, or name one with wt -C <path>',
  })
}
