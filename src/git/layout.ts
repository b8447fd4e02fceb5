import { dirname, join } from 'node:path'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from './environment.ts'
import { headOf } from './head-file.ts'
import { absolute, canonical, kindOf, readText, shellQuoted } from './paths.ts'

/** Where the parts of a repository lie, found without starting a process. */
export interface RepositoryLayout {
  /** The git directory of the place `wt` was called from. */
  readonly gitDir: AbsolutePath
  /** What all worktrees share: refs, objects, configuration. */
  readonly commonDir: AbsolutePath
  /** The root of the worktree that `wt` was called from; undefined inside a git directory. */
  readonly top: AbsolutePath | undefined
}

const isStore = (path: string): boolean =>
  kindOf(join(path, 'objects')) === 'directory' && kindOf(join(path, 'refs')) === 'directory'

const isGitDirectory = (path: string): boolean =>
  kindOf(join(path, 'HEAD')) === 'file' && (kindOf(join(path, 'commondir')) === 'file' || isStore(path))

/** Where a `.git` file points to; undefined when it is none. */
export const readGitFile = (path: string): AbsolutePath | undefined => {
  const text = readText(path)
  const target = text?.startsWith('gitdir: ') ? text.slice('gitdir: '.length).replace(/[\r\n]+$/, '') : ''
  return target === '' ? undefined : absolute(dirname(path), target)
}

const commonOf = (gitDir: AbsolutePath): AbsolutePath => {
  const pointer = readText(join(gitDir, 'commondir'))?.replace(/[\r\n]+$/, '')
  return pointer ? absolute(gitDir, pointer) : gitDir
}

/** A worktree's git directory that lacks files still lies in its repository, which can be read without it. */
const damagedLayout = (gitDir: AbsolutePath, top: AbsolutePath): RepositoryLayout | undefined => {
  const commonDir = dirname(dirname(gitDir)) as AbsolutePath
  return kindOf(gitDir) === 'directory' && isStore(commonDir) ? { gitDir, commonDir, top } : undefined
}

const noRepositoryAt = (dotGit: string, target: string | undefined): WtError =>
  target === undefined
    ? new WtError('NOT_A_REPOSITORY', `${dotGit} is a file that does not name a repository`)
    : new WtError('NOT_A_REPOSITORY', `${dotGit} names a repository that is not there: ${target}`, {
        hint: `if the repository has moved, run this in it: git worktree repair ${shellQuoted(dirname(dotGit))}`,
      })

/** What a `.git` file leads to. Like git, this does not look any further up when it leads nowhere. */
const layoutByFile = (dotGit: string, top: AbsolutePath): RepositoryLayout => {
  const gitDir = readGitFile(dotGit)
  if (gitDir !== undefined && isGitDirectory(gitDir)) return { gitDir, commonDir: commonOf(gitDir), top }
  const damaged = gitDir === undefined ? undefined : damagedLayout(gitDir, top)
  if (damaged === undefined) throw noRepositoryAt(dotGit, gitDir)
  return damaged
}

const layoutAt = (directory: AbsolutePath): RepositoryLayout | undefined => {
  const dotGit = join(directory, '.git') as AbsolutePath
  const kind = kindOf(dotGit)
  if (kind === 'file') return layoutByFile(dotGit, directory)
  if (kind === 'directory' && isGitDirectory(dotGit)) {
    return { gitDir: dotGit, commonDir: commonOf(dotGit), top: directory }
  }
  return isGitDirectory(directory) ? { gitDir: directory, commonDir: commonOf(directory), top: undefined } : undefined
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
  for (let directory = from; ; directory = dirname(directory) as AbsolutePath) {
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

/**
 * The directory in which a read of the whole repository runs: the worktree at hand, or the git directory. git refuses to
 * run at all where HEAD can't be read; in a linked worktree that concerns this one only.
 */
export const placeOf = ({ gitDir, commonDir, top }: RepositoryLayout): AbsolutePath => {
  const sound = headOf(gitDir) !== undefined
  if (gitDir === commonDir) {
    if (sound) return top ?? gitDir
    throw new WtError('GIT_FAILED', `the repository is damaged: ${join(gitDir, 'HEAD')} can’t be read`, {
      hint: `to put it on a branch again: echo 'ref: refs/heads/<branch>' > ${shellQuoted(join(gitDir, 'HEAD'))}`,
    })
  }
  return sound && kindOf(join(gitDir, 'commondir')) === 'file' ? (top ?? gitDir) : commonDir
}
