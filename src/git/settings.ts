import { mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { WtError } from '../core/errors.ts'
import type { GitValues } from '../core/git-values.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from './environment.ts'
import type { GitReader } from './git.ts'
import type { RepositoryLayout } from './layout.ts'
import { absolute, onDisk, readText } from './paths.ts'

/** What git's configuration says, and which git says it. */
export interface GitSettings extends GitValues {
  /** `major.minor` as a number that sorts: 2.39 is 2039. */
  readonly version: number
}

/** The oldest git that has everything `wt` can't do without (`merge-tree --write-tree`). */
export const GIT_FLOOR = 2038

type Entry = readonly [key: string, value: string]

interface Stored {
  readonly stamp: string
  readonly watched: readonly string[]
  readonly version: number
  readonly entries: readonly Entry[]
}

/** Branches have a section each; all that `wt` reads of them comes with the refs. */
const KEPT = /^(?:wt|core|remote|checkout|init|extensions|merge|diff)\./

export const settingsOf = (version: number, entries: readonly Entry[]): GitSettings => {
  const values = new Map<string, string[]>()
  for (const [key, value] of entries) {
    const known = values.get(key)
    if (known === undefined) values.set(key, [value])
    else known.push(value)
  }
  return {
    version,
    all: (key) => values.get(key) ?? [],
    get: (key) => values.get(key)?.at(-1),
    keys: (prefix) => [...values.keys()].filter((name) => name.startsWith(prefix)),
  }
}

/** What tells one state of a file from another. Its change time can't be set back. */
const stampOf = (path: string): string => {
  const stats = statSync(onDisk(path), { throwIfNoEntry: false, bigint: true })
  return stats === undefined ? '-' : `${stats.mtimeNs}.${stats.ctimeNs}.${stats.size}.${stats.ino}`
}

/** A file written a moment ago may be written again within the same tick of the clock: its stamp proves nothing yet. */
const isSettled = (path: string): boolean => {
  const stats = statSync(onDisk(path), { throwIfNoEntry: false })
  return stats === undefined || Date.now() - stats.ctimeMs > 50
}

const gitOnPath = (env: Environment): string | undefined =>
  (env['PATH'] ?? '')
    .split(':')
    .map((directory) => join(directory, 'git'))
    .find((path) => statSync(path, { throwIfNoEntry: false })?.isFile())

const usualFiles = (layout: RepositoryLayout, env: Environment): readonly string[] => {
  const home = env['HOME'] ?? ''
  const xdg = env['XDG_CONFIG_HOME'] || join(home, '.config')
  return [
    gitOnPath(env) ?? 'git',
    env['GIT_CONFIG_SYSTEM'] ?? '/etc/gitconfig',
    ...(env['GIT_CONFIG_GLOBAL'] === undefined
      ? [join(home, '.gitconfig'), join(xdg, 'git', 'config')]
      : [env['GIT_CONFIG_GLOBAL']]),
    join(layout.commonDir, 'config'),
    join(layout.gitDir, 'config.worktree'),
  ]
}

const stampAll = (files: readonly string[], env: Environment): string =>
  [env['GIT_CONFIG_NOSYSTEM'] ?? '', ...files.map((file) => `${file} ${stampOf(file)}`)].join('\n')

const parse = (output: string, cwd: string, home: string): { entries: Entry[]; files: string[]; fixed: boolean } => {
  const entries: Entry[] = []
  const files = new Set<string>()
  let fixed = true
  const fields = output.split('\0')
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const origin = (fields[at] as string).replace(/^file:/, '')
    const text = fields[at + 1] as string
    const end = text.indexOf('\n')
    const [key, value] = end < 0 ? [text, 'true'] : [text.slice(0, end), text.slice(end + 1)]
    const file = absolute(cwd, origin)
    files.add(file)
    if (/^include(if\..*)?\.path$/.test(key)) {
      files.add(absolute(dirname(file), value.replace(/^~(?=\/)/, home)))
      // Such an include comes and goes with the branch that is checked out.
      if (/^includeif\.onbranch:/.test(key)) fixed = false
    }
    if (KEPT.test(key)) entries.push([key, value])
  }
  return { entries, files: [...files], fixed }
}

const versionOf = (text: string): number => {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(text) ?? []
  return Number(major ?? 0) * 1000 + Number(minor ?? 0)
}

const ask = async (git: GitReader): Promise<{ version: number; output: string; text: string }> => {
  const [version, config] = await Promise.all([
    git.read(['version']),
    git.read(['config', '--list', '--show-origin', '-z']),
  ])
  const text = version.stdout.toString().trim()
  return { version: versionOf(text), output: config.stdout.toString(), text }
}

const tooOld = (text: string): WtError =>
  new WtError('GIT_TOO_OLD', `${text} is too old: wt needs git 2.38 or newer`, { hint: 'install a newer git and put it on PATH' })

const restore = (file: string, env: Environment): GitSettings | undefined => {
  try {
    const stored = JSON.parse(readText(file) ?? '') as Stored
    if (stored.stamp !== stampAll(stored.watched, env)) return undefined
    return settingsOf(stored.version, stored.entries)
  } catch {
    return undefined
  }
}

const store = (file: string, stored: Stored): void => {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(stored))
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    // A git directory that can't be written costs two processes at each run.
  }
}

/**
 * Git's configuration as git itself reads it, remembered under `<common>/wt/cache/settings/` until one of the files
 * that it came from, or git itself, changes. Throws GIT_TOO_OLD below the floor.
 */
export const loadSettings = async (git: GitReader, layout: RepositoryLayout, env: Environment): Promise<GitSettings> => {
  const name = layout.gitDir === layout.commonDir ? 'main' : `worktree-${basename(layout.gitDir)}`
  const file = join(layout.commonDir, 'wt', 'cache', 'settings', `${name}.json`)
  const remembered = restore(file, env)
  if (remembered !== undefined) return remembered
  const usual = usualFiles(layout, env)
  const before = stampAll(usual, env)
  const { version, output, text } = await ask(git)
  if (version < GIT_FLOOR) throw tooOld(text)
  const { entries, files, fixed } = parse(output, git.cwd, env['HOME'] ?? '')
  const watched = [...new Set([...usual, ...files])]
  if (fixed && before === stampAll(usual, env) && watched.every(isSettled)) {
    store(file, { stamp: stampAll(watched, env), watched, version, entries })
  }
  return settingsOf(version, entries)
}

/** The directory in which a read of the whole repository runs: the worktree at hand, or the git directory. */
export const placeOf = (layout: RepositoryLayout): AbsolutePath => layout.top ?? layout.gitDir
