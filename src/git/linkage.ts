import { join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import { readGitFile } from './layout.ts'
import { isSamePlace, kindOf } from './paths.ts'

/**
 * How a worktree's directory stands to the registration that names it. `foreign`: another repository is there, as after
 * a repository was copied. `astray`: it names a repository that is not there, as after the repository was moved.
 */
export type Linkage = 'linked' | 'gone' | 'foreign' | 'astray'

/** Looks at the `.git` of a worktree's directory. One that may not be read is taken to be the right one. */
export const linkageOf = (path: AbsolutePath, gitDir: AbsolutePath): Linkage => {
  const dotGit = join(path, '.git')
  const target = readGitFile(dotGit)
  if (target === gitDir) return 'linked'
  const kind = kindOf(dotGit)
  if (kind === undefined) return 'gone'
  if (kind === 'directory') return isSamePlace(dotGit, gitDir) ? 'linked' : 'foreign'
  if (target === undefined || isSamePlace(target, gitDir)) return 'linked'
  return kindOf(target) === undefined ? 'astray' : 'foreign'
}
