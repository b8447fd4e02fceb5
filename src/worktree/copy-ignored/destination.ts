import { lstatSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'
import { canonical, kindOf, onDisk } from '../../git/paths.ts'

/** Why nothing can be put into a directory: something else is there, or a link that leads away. */
type Entered =
  | { readonly kind: 'entered' }
  | { readonly kind: 'occupied' }
  | { readonly kind: 'leads-out'; readonly to: AbsolutePath }

/** The directories of a destination, each looked at once. */
export interface Destination {
  /** Makes a directory, and those above it, where they are missing. `path` is relative; empty for the root itself. */
  enter(path: string): Entered
  /** The directories that were made here, those above before those below. */
  readonly made: readonly string[]
}

const ENTERED: Entered = { kind: 'entered' }

const isWithin = (path: string, directory: string): boolean => path === directory || path.startsWith(`${directory}/`)

/**
 * Opens a worktree to be copied into. A directory that is a link is entered as long as it leads to somewhere in the same
 * worktree, and not into a git directory or another worktree. `closed` are such places below the root, by path from it.
 */
export const openDestination = (root: AbsolutePath, closed: readonly string[], overwrite: boolean): Destination => {
  const real = canonical(root)
  const forbidden = ['.git', ...closed].map((path) => join(real, path))
  const made: string[] = []
  const known = new Map<string, Entered>()
  const allowed = (place: AbsolutePath): boolean =>
    isWithin(place, real) && !forbidden.some((other) => isWithin(place, other))

  const look = (path: string): Entered => {
    const above = path === '' ? ENTERED : enter(path.includes('/') ? dirname(path) : '')
    if (path === '' || above.kind !== 'entered') return above
    const place = join(root, path)
    const stats = lstatSync(onDisk(place), { throwIfNoEntry: false })
    if (stats?.isSymbolicLink() === true && kindOf(place) === undefined) {
      if (!overwrite) return { kind: 'occupied' }
      rmSync(onDisk(place))
    } else if (stats !== undefined) {
      if (kindOf(place) !== 'directory') return { kind: 'occupied' }
      const to = canonical(place)
      return allowed(to) ? ENTERED : { kind: 'leads-out', to }
    }
    // Open for its owner until it is full; then it gets the mode that it should have.
    mkdirSync(onDisk(place), { mode: 0o700 })
    made.push(path)
    return ENTERED
  }
  const enter = (path: string): Entered => {
    const before = known.get(path)
    if (before !== undefined) return before
    const entered = look(path)
    known.set(path, entered)
    return entered
  }
  return { enter, made }
}
