import { mkdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Environment } from './environment.ts'
import type { RepositoryLayout } from './layout.ts'
import { makeOwn } from './own-directory.ts'
import { onDisk } from './paths.ts'

/** What names are kept for: a worktree, or the user where there is none. */
export type NamesPlace = RepositoryLayout | undefined

const userFile = ({ XDG_CACHE_HOME: xdg, HOME: home }: Environment): string | undefined => {
  const base = xdg?.startsWith('/') ? xdg : home?.startsWith('/') ? join(home, '.cache') : undefined
  return base === undefined ? undefined : join(base, 'wt', 'names')
}

const makeDirectory = (path: string): void => {
  try {
    mkdirSync(onDisk(path), 0o700)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

const prepare = (place: NamesPlace, env: Environment): string | undefined => {
  if (place !== undefined) {
    const { commonDir, gitDir } = place
    const name = gitDir === commonDir ? 'main' : `worktree-${basename(gitDir)}`
    return join(makeOwn(commonDir, 'cache', 'names'), name)
  }
  const file = userFile(env)
  if (file === undefined) return undefined
  for (const directory of [dirname(dirname(file)), dirname(file)]) makeDirectory(directory)
  return file
}

/** Milliseconds since 1970; 0 for a file that is not there. */
const changedAt = (path: string): number => statSync(onDisk(path), { throwIfNoEntry: false })?.mtimeMs ?? 0

/**
 * Keeps the names that completion offers, where scripts/candidates.sh looks for them: for a worktree in
 * `<common>/wt/cache/names`, else in the user's cache. The file gets the time of change of the youngest of its sources, so
 * that a source which is younger has changed since. Where nothing can be written, nothing is kept.
 */
export const storeNames = (place: NamesPlace, env: Environment, text: string, sources: readonly string[]): void => {
  try {
    const file = prepare(place, env)
    if (file === undefined) return
    const draft = `${file}.${process.pid}`
    // Never through a link that stands there: `wx` refuses it.
    writeFileSync(onDisk(draft), text, { mode: 0o600, flag: 'wx' })
    const youngest = Math.floor(Math.max(0, ...sources.map(changedAt))) + 1
    utimesSync(onDisk(draft), youngest / 1000, youngest / 1000)
    renameSync(onDisk(draft), onDisk(file))
  } catch {
    // Completion asks again next time.
  }
}
