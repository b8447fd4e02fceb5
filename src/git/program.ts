import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from './environment.ts'

let found: { readonly path: string; readonly program: string } | undefined

/** An entry of PATH may be a file, or a directory that is closed to this user: nothing in it can be run. */
const isProgram = (candidate: string): boolean => {
  try {
    const stats = statSync(candidate, { throwIfNoEntry: false })
    return stats?.isFile() === true && (stats.mode & 0o111) !== 0
  } catch {
    return false
  }
}

/**
 * The git that PATH names, looked up once, so that not every child has to try every directory. Empty and relative
 * entries are passed over: the current directory never decides which git is run. Undefined when there is none.
 */
const findGit = ({ PATH: path = '' }: Environment): string | undefined => {
  if (found?.path === path) return found.program
  const program = path
    .split(':')
    .filter((directory) => directory.startsWith('/'))
    .map((directory) => join(directory, 'git'))
    .find(isProgram)
  if (program !== undefined) found = { path, program }
  return program
}

/** What to start for git: its full path, or the bare name, which fails in the words of the system. */
export const gitProgram = (env: Environment): string => findGit(env) ?? 'git'
