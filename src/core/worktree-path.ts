import type { AbsolutePath, BranchName } from './ids.ts'

/** What a path template can refer to, apart from the branch. */
export interface PathPlace {
  /** The repository's root: of the main worktree, or the directory of a bare repository. */
  readonly repoPath: AbsolutePath
  /** That directory's name. */
  readonly repo: string
  /** From the primary remote; undefined where it has none or can't be taken apart. */
  readonly owner: string | undefined
  readonly remoteRepo: string | undefined
  readonly home: AbsolutePath | undefined
}

/** Where the template puts a branch. */
export type PlacedPath =
  | { readonly kind: 'path'; readonly path: AbsolutePath }
  | { readonly kind: 'invalid'; readonly message: string }

/** An absolute path without `.`, `..`, double or trailing slashes. By text alone: no link is followed. */
const normalise = (path: string): AbsolutePath => {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}` as AbsolutePath
}

/** Makes an expanded template a path: `~` is the home directory, anything relative starts at the repository's root. */
export const placeText = (text: string, { repoPath, home }: Pick<PathPlace, 'repoPath' | 'home'>): PlacedPath => {
  if (text.trim() === '') return { kind: 'invalid', message: 'worktree-path expands to nothing' }
  if (text.includes('\0')) return { kind: 'invalid', message: 'worktree-path expands to a path with a NUL in it' }
  if (text === '~' || text.startsWith('~/')) {
    if (home === undefined) return { kind: 'invalid', message: 'worktree-path begins with "~" and HOME is not set' }
    return { kind: 'path', path: normalise(`${home}/${text.slice(1)}`) }
  }
  return { kind: 'path', path: normalise(text.startsWith('/') ? text : `${repoPath}/${text}`) }
}

/** The variables that `worktree-path` knows. */
export const pathVariables = (
  place: PathPlace,
  branch: BranchName,
): Readonly<Record<'repo_path' | 'repo' | 'branch' | 'owner' | 'remote_repo', string | undefined>> => ({
  repo_path: place.repoPath,
  repo: place.repo,
  branch,
  owner: place.owner,
  remote_repo: place.remoteRepo,
})
