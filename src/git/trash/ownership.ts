import { dirname, join } from 'node:path'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import type { Obstacle } from '../../core/obstacle.ts'
import type { RegisteredWorktree } from '../../core/plan.ts'
import { readGitFile } from '../layout.ts'
import { absolute, canonical, isSamePlace, kindOf, namesIn, readText } from '../paths.ts'
import { statOf } from './tree.ts'

/** The `.git` that a registration records; undefined when it can't be read. */
export const recordedGitFile = (gitDir: AbsolutePath): AbsolutePath | undefined => {
  const pointer = readText(join(gitDir, 'gitdir'))?.trimEnd()
  return pointer ? absolute(gitDir, pointer) : undefined
}

/** The lock of a registration, read now. */
export const lockOf = (gitDir: AbsolutePath): { readonly reason: string | undefined } | undefined => {
  if (statOf(join(gitDir, 'locked')) === undefined) return undefined
  return { reason: readText(join(gitDir, 'locked'))?.trim() || undefined }
}

/** Why the directory is not the registration's own; undefined when each names the other. Read now, never remembered. */
const foreignness = ({ gitDir, path }: RegisteredWorktree): string | undefined => {
  const stats = statOf(path)
  if (stats === undefined) return 'it is not there any more'
  if (stats.isSymbolicLink()) return 'it is a link'
  if (!stats.isDirectory()) return 'it is no directory'
  const dotGit = join(path, '.git')
  if (statOf(dotGit)?.isFile() !== true) return 'its .git is not a worktree’s'
  const target = readGitFile(dotGit)
  if (target === undefined) return 'its .git can’t be read'
  if (!isSamePlace(target, gitDir)) return `its .git names ${target}`
  const recorded = recordedGitFile(gitDir)
  if (recorded === undefined) return 'its registration does not say where it is'
  return isSamePlace(dirname(recorded), path) ? undefined : `its registration names ${dirname(recorded)}`
}

const isInside = (path: string, directory: string): boolean => path.startsWith(`${directory}/`)

/** Where registered worktrees really lie, by their registrations' names. */
export type Places = ReadonlyMap<string, { readonly path: AbsolutePath; readonly real: string }>

/** Reads where all registered worktrees lie, for those who look at many of them in one moment. */
export const readPlaces = (commonDir: AbsolutePath): Places => {
  const registry = join(commonDir, 'worktrees')
  return new Map(
    namesIn(registry).flatMap((name) => {
      const dotGit = recordedGitFile(join(registry, name) as AbsolutePath)
      if (dotGit === undefined) return []
      const path = dirname(dotGit) as AbsolutePath
      return [[name, { path, real: canonical(path) }] as const]
    }),
  )
}

/** The registered worktree, or the repository itself, that lies inside a directory. */
const nestedIn = (
  commonDir: AbsolutePath,
  { id, path }: RegisteredWorktree,
  places: Places,
): AbsolutePath | undefined => {
  const outer = canonical(path)
  if (isInside(canonical(commonDir), outer)) return commonDir
  for (const [name, inner] of places) {
    if (name !== id && isInside(inner.real, outer) && kindOf(join(inner.path, '.git')) !== undefined) return inner.path
  }
  return undefined
}

/** What forbids the removal of a worktree at this moment; `--force` changes nothing about it. */
export const obstacleTo = (
  commonDir: AbsolutePath,
  worktree: RegisteredWorktree,
  places: Places,
): Obstacle | undefined => {
  const locked = lockOf(worktree.gitDir)
  if (locked !== undefined) return { kind: 'locked', ...locked }
  const why = foreignness(worktree)
  if (why !== undefined) return { kind: 'not-ours', why }
  const nested = nestedIn(commonDir, worktree, places)
  return nested === undefined ? undefined : { kind: 'holds', path: nested }
}

/** The same as an error, for what has changed since the removal was planned. */
export const obstacleError = (obstacle: Obstacle, path: AbsolutePath): WtError => {
  switch (obstacle.kind) {
    case 'locked':
      return new WtError('WORKTREE_LOCKED', `${path} has been locked meanwhile`, {
        hint: 'nothing of it was removed; git worktree unlock releases it',
      })
    case 'not-ours':
      return new WtError('WORKTREE_NOT_OURS', `${path} is not removed: ${obstacle.why}`, {
        hint: 'nothing of it was removed',
      })
    case 'holds':
      return new WtError('WORKTREE_HOLDS_ANOTHER', `${path} is not removed: ${obstacle.path} lies in it`, {
        hint: 'remove that one first',
      })
  }
}
