import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

const OURS = /^(?:.*\/)?\.git\/wt(?:\/|$)|^home\/\.cache$/

/** Every file below a directory with its mode, time and content, but for what is `wt`'s own. */
export const fingerprintOf = (root: string): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  const visit = (relative: string): void => {
    const path = join(root, relative)
    const stats = lstatSync(path)
    const kind = stats.isDirectory() ? 'directory' : stats.isSymbolicLink() ? 'link' : 'file'
    const content = kind === 'file' ? createHash('sha1').update(readFileSync(path)).digest('hex') : ''
    const target = kind === 'link' ? readlinkSync(path) : ''
    // The time of a directory changes when `wt` is made in it.
    // git gives a new one to the shared half of a split index when it reads it, and to an object that it meets again.
    const touched = kind === 'directory' || /\/(?:sharedindex\.|objects\/)/.test(relative)
    const time = touched ? '' : stats.mtimeMs
    found.set(relative, [kind, stats.mode, time, content, target].join(' '))
    if (kind === 'directory') {
      for (const name of readdirSync(path)) if (!OURS.test(join(relative, name))) visit(join(relative, name))
    }
  }
  visit('')
  return found
}
