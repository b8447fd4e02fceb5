import { realpathSync, type Stats, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Environment } from './environment.ts'
import type { RepositoryLayout } from './layout.ts'
import { onDisk } from './paths.ts'
import { gitProgram } from './program.ts'

const statOf = (path: string): Stats | undefined => {
  try {
    return statSync(onDisk(path), { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

/** What tells one state of a file from another. Its change time can't be set back. */
export const stampOf = (path: string): string => {
  const stats = statOf(path)
  return stats === undefined ? '-' : `${stats.mtimeMs}.${stats.ctimeMs}.${stats.size}.${stats.ino}`
}

/** A file written a moment ago may be written again within the same tick of the clock: its stamp proves nothing yet. */
export const isSettled = (path: string): boolean => {
  const stats = statOf(path)
  return stats === undefined || Date.now() - stats.ctimeMs > 50
}

/** Where the git at hand looks for its system configuration: below the directory that it was installed to. */
const systemFiles = (git: string): readonly string[] => {
  try {
    return ['/etc/gitconfig', join(dirname(dirname(realpathSync(git))), 'etc', 'gitconfig')]
  } catch {
    return ['/etc/gitconfig']
  }
}

/** Every file that decides what git's configuration is in this place, there or not, beside what these include. */
export const usualFiles = (layout: RepositoryLayout, env: Environment): readonly string[] => {
  const home = env['HOME'] || '/'
  const xdg = env['XDG_CONFIG_HOME'] || join(home, '.config')
  const git = gitProgram(env)
  return [
    git,
    ...(env['GIT_CONFIG_SYSTEM'] === undefined ? systemFiles(git) : [env['GIT_CONFIG_SYSTEM']]),
    ...(env['GIT_CONFIG_GLOBAL'] === undefined
      ? [join(home, '.gitconfig'), join(xdg, 'git', 'config')]
      : [env['GIT_CONFIG_GLOBAL']]),
    join(layout.commonDir, 'config'),
    join(layout.commonDir, 'config.worktree'),
    join(layout.gitDir, 'config.worktree'),
  ]
}

/** Changes with what is kept about the files. */
const FORM = 'settings-5'

/** One text for the state of all these files. */
export const stampAll = (files: readonly string[], env: Environment): string =>
  [FORM, env['GIT_CONFIG_NOSYSTEM'] ?? '', ...files.map((file) => `${file} ${stampOf(file)}`)].join('\n')
