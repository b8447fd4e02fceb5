import { dirname, join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from './environment.ts'
import { locate } from './layout.ts'
import { canonical, kindOf, namesIn } from './paths.ts'
import { registeredPaths } from './registry.ts'

const ancestorsOf = (path: AbsolutePath): readonly AbsolutePath[] => {
  const parent = dirname(path) as AbsolutePath
  return parent === path ? [] : [parent, ...ancestorsOf(parent)]
}

const isBare = (path: string): boolean =>
  kindOf(join(path, 'HEAD')) === 'file' && kindOf(join(path, 'objects')) === 'directory'

const holdsRepository = (path: string): boolean => kindOf(join(path, '.git')) !== undefined || isBare(path)

const isInside = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`)

/** Whether the repository around a directory knows a worktree that the path was, or was inside of. */
const knows = (directory: AbsolutePath, gone: AbsolutePath, env: Environment): boolean => {
  try {
    return registeredPaths(locate(directory, env)).some(
      (path) => isInside(gone, path) || isInside(gone, canonical(path)),
    )
  } catch {
    return false
  }
}

/**
 * The repository that a deleted directory belonged to: looked for in the directories above it and right beside these,
 * the nearest first. Only one that still has the path on record counts, as a neighbour would be a wrong answer.
 */
export const recoverFrom = (path: AbsolutePath, env: Environment): AbsolutePath | undefined => {
  const gone = canonical(path)
  for (const ancestor of ancestorsOf(gone)) {
    if (kindOf(ancestor) !== 'directory') continue
    const beside = namesIn(ancestor)
      .toSorted()
      .map((name) => join(ancestor, name) as AbsolutePath)
    const found = [ancestor, ...beside].find((each) => holdsRepository(each) && knows(each, gone, env))
    if (found !== undefined) return found
  }
  return undefined
}
