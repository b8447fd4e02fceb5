import type { AbsolutePath } from '../../core/ids.ts'

/** What is left of `path` below `folder`, or undefined when it is not inside. */
const below = (path: string, folder: string): string | undefined => {
  if (path === folder) return ''
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined
}

const parentOf = (path: string): string | undefined => {
  const slash = path.lastIndexOf('/')
  return slash < 0 || path.length === 1 ? undefined : path.slice(0, Math.max(1, slash))
}

/** A path as people read it, not yet sanitised: seen from the root or beside it, else from home, else in full. */
export const readablePath = (path: string, root: AbsolutePath, home: AbsolutePath | undefined): string => {
  const inside = below(path, root)
  if (inside !== undefined) return inside === '' ? '.' : inside
  const parent = parentOf(root)
  const beside = parent === undefined ? undefined : below(path, parent)
  if (beside !== undefined) return beside === '' ? '..' : `../${beside}`
  return homePath(path, home)
}

/** A path with the home folder written `~`. */
export const homePath = (path: string, home: string | undefined): string => {
  const inside = home === undefined || home === '/' || home === '' ? undefined : below(path, home)
  return inside === undefined ? path : inside === '' ? '~' : `~/${inside}`
}

/** Every folder but the last cut to its first letter: `~/w/project`. A leading dot stays with its letter. */
export const abbreviatedPath = (path: string, home: string | undefined): string => {
  const parts = homePath(path, home).split('/')
  return parts
    .map((part, at) => (at === parts.length - 1 ? part : [...part].slice(0, part.startsWith('.') ? 2 : 1).join('')))
    .join('/')
}
