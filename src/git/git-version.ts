import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { WtError } from '../core/errors.ts'
import { isSettled, stampOf } from './config-stamp.ts'
import type { Environment } from './environment.ts'
import type { GitReader } from './git.ts'
import { onDisk, readText } from './paths.ts'
import { gitProgram } from './program.ts'

/** The oldest git that has everything `wt` can't do without (`merge-tree --write-tree`). */
const GIT_FLOOR = 2038

/** The user's cache directory, absolute values only; undefined where there is none. */
const memoryFile = ({ XDG_CACHE_HOME: xdg, HOME: home }: Environment): string | undefined => {
  const base = xdg?.startsWith('/') ? xdg : home?.startsWith('/') ? join(home, '.cache') : undefined
  return base === undefined ? undefined : join(base, 'wt', 'git-version')
}

/** A directory at a time: Node's own `recursive` never ends on a file system that makes no directories, such as /proc. */
const keep = (file: string, text: string): void => {
  try {
    for (const directory of [dirname(dirname(file)), dirname(file)]) {
      try {
        mkdirSync(onDisk(directory), 0o700)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
    const draft = `${file}.${process.pid}`
    writeFileSync(onDisk(draft), text, { mode: 0o600, flag: 'wx' })
    renameSync(onDisk(draft), onDisk(file))
  } catch {
    // A home that can't be written costs a process for every repository that is new.
  }
}

const numberIn = (text: string): number => {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? []
  return Number(major ?? 0) * 1000 + Number(minor ?? 0)
}

const checked = (text: string): number => {
  const version = numberIn(text)
  if (version >= GIT_FLOOR) return version
  const hint = 'install a newer git and put it on PATH'
  throw new WtError('GIT_TOO_OLD', `${text} is too old: wt needs git 2.38 or newer`, { hint })
}

const stampOfGit = (program: string): string => `${program} ${stampOf(program)}`

/**
 * Which git is run, as it is remembered: `major.minor` as a number that sorts, 2.39 is 2039. Undefined where it has to
 * be asked. Throws GIT_TOO_OLD below the floor.
 */
export const knownVersion = (env: Environment): number | undefined => {
  const file = memoryFile(env)
  const [stamp, said] = (file === undefined ? undefined : readText(file))?.split('\n') ?? []
  return said !== undefined && stamp === stampOfGit(gitProgram(env)) ? checked(said) : undefined
}

/**
 * Asks git which one it is, and remembers it in the user's cache directory until the program changes. Throws GIT_TOO_OLD
 * below the floor.
 */
export const askVersion = async (git: GitReader, env: Environment): Promise<number> => {
  const file = memoryFile(env)
  const program = gitProgram(env)
  const stamp = stampOfGit(program)
  const text = (await git.read(['--version'])).stdout.toString().trim()
  if (file !== undefined && program.startsWith('/') && isSettled(program)) keep(file, `${stamp}\n${text}`)
  return checked(text)
}
