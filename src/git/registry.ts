import { basename, dirname, join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import type { RepositoryLayout } from './layout.ts'
import { absolute, kindOf, namesIn, readText } from './paths.ts'
import { linkedRegistration, mainRegistration, type Registration } from './registration.ts'
import type { GitSettings } from './settings.ts'

export { headOf } from './head-file.ts'
export type { Registration } from './registration.ts'

/**
 * The worktree of a repository's own git directory; undefined for a bare repository. Judged by layout: a stray
 * `core.bare` in a repository with an index does not make it bare.
 */
const mainPath = (layout: RepositoryLayout, { main }: GitSettings): AbsolutePath | undefined => {
  const { commonDir, gitDir, top } = layout
  if (main.worktree !== undefined) return absolute(commonDir, main.worktree)
  if (main.bare && kindOf(join(commonDir, 'index')) === undefined) return undefined
  if (basename(commonDir) === '.git') return dirname(commonDir) as AbsolutePath
  // A separate git directory: `git worktree repair` records where its worktree is; or we stand in it.
  const recorded = readText(join(commonDir, 'gitdir'))?.trim()
  if (recorded) return dirname(absolute(commonDir, recorded)) as AbsolutePath
  return gitDir === commonDir ? top : undefined
}

/** Where a registration says that its worktree is. A relative pointer starts at the registration (git 2.48). */
export const pointerIn = (gitDir: AbsolutePath): AbsolutePath | undefined => {
  const pointer = readText(join(gitDir, 'gitdir'))?.trimEnd()
  return pointer ? (dirname(absolute(gitDir, pointer)) as AbsolutePath) : undefined
}

const entriesIn = (commonDir: AbsolutePath): readonly { readonly id: string; readonly gitDir: AbsolutePath }[] =>
  namesIn(join(commonDir, 'worktrees'))
    .map((id) => ({ id, gitDir: join(commonDir, 'worktrees', id) as AbsolutePath }))
    .filter(({ gitDir }) => kindOf(gitDir) === 'directory')

const linked = (commonDir: AbsolutePath): readonly Registration[] =>
  entriesIn(commonDir)
    .map(({ id, gitDir }) => linkedRegistration(id, gitDir, pointerIn(gitDir)))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))

/** Where worktrees are on record, whether or not they are there. Reads only what says so. */
export const registeredPaths = ({ commonDir, gitDir, top }: RepositoryLayout): readonly AbsolutePath[] => [
  ...(gitDir === commonDir && top !== undefined ? [top] : []),
  ...entriesIn(commonDir).flatMap((entry) => pointerIn(entry.gitDir) ?? []),
]

/** Every registered worktree, the main one first, then by path, read from the git directory without a process. */
export const readRegistry = (layout: RepositoryLayout, settings: GitSettings): readonly Registration[] => {
  const main = mainPath(layout, settings)
  return [...(main === undefined ? [] : [mainRegistration(layout.commonDir, main)]), ...linked(layout.commonDir)]
}
