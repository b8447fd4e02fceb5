import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { carriesRawBytes } from '../core/bytes.ts'
import type { GitValues } from '../core/git-values.ts'
import { type ConfigEntry, type ConfigOutput, isTrue, parseConfig } from './config-output.ts'
import { isSettled, stampAll, usualFiles } from './config-stamp.ts'
import type { Environment } from './environment.ts'
import type { GitReader } from './git.ts'
import { askVersion, knownVersion } from './git-version.ts'
import type { RepositoryLayout } from './layout.ts'
import { canonical, kindOf, onDisk, readText } from './paths.ts'

/** What git's configuration says, and which git says it. */
export interface GitSettings extends GitValues {
  /** `major.minor` as a number that sorts: 2.39 is 2039. */
  readonly version: number
  /** What is configured for the repository's own worktree, in whichever worktree it was asked for. */
  readonly main: MainSettings
}

interface MainSettings {
  readonly bare: boolean
  readonly worktree?: string
}

interface Stored {
  readonly stamp: string
  readonly watched: readonly string[]
  readonly version: number
  readonly entries: readonly ConfigEntry[]
  readonly main: MainSettings
}

/** Branches have a section each; all that `wt` reads of them comes with the refs. */
const KEPT = /^(?:wt|core|remote|checkout|init|extensions|merge|diff|hook)\./

const settingsOf = ({ version, entries, main }: Omit<Stored, 'stamp' | 'watched'>): GitSettings => {
  const values = new Map<string, string[]>()
  for (const [key, value] of entries) {
    const known = values.get(key)
    if (known === undefined) values.set(key, [value])
    else known.push(value)
  }
  return {
    version,
    main,
    all: (key) => values.get(key) ?? [],
    get: (key) => values.get(key)?.at(-1),
    keys: (prefix) => [...values.keys()].filter((name) => name.startsWith(prefix)),
  }
}

/**
 * What counts for the main worktree: not what a linked one has of its own, but what lies in `config.worktree` beside the
 * common configuration, which git does not show to linked ones.
 */
const mainSettings = async (git: GitReader, layout: RepositoryLayout, output: ConfigOutput): Promise<MainSettings> => {
  const { commonDir, gitDir } = layout
  const own = gitDir === commonDir ? undefined : join(gitDir, 'config.worktree')
  const shared = output.entries.filter((_, at) => own === undefined || output.origins[at] !== own)
  const valueIn = (entries: readonly ConfigEntry[], key: string): string | undefined =>
    entries.findLast(([name]) => name === key)?.[1]
  const hidden = own !== undefined && isTrue(valueIn(shared, 'extensions.worktreeconfig'))
  const entries = [...shared]
  if (hidden && kindOf(join(commonDir, 'config.worktree')) === 'file') {
    const file = join(commonDir, 'config.worktree')
    // An argument can't hold bytes that are not UTF-8, and some users let no git run in a git directory.
    const [name, where] = carriesRawBytes(file) ? ['config.worktree', { cwd: commonDir }] : [file, {}]
    const { stdout } = await git.read(['config', '--file', name, '--list', '--show-origin', '-z'], where)
    entries.push(...parseConfig(stdout, commonDir, '').entries)
  }
  const worktree = valueIn(entries, 'core.worktree')
  return { bare: isTrue(valueIn(entries, 'core.bare')), ...(worktree !== undefined && { worktree }) }
}

const restore = (file: string, usual: readonly string[], env: Environment): GitSettings | undefined => {
  try {
    const stored = JSON.parse(readText(file) ?? '') as Stored
    // Another home or another git on PATH means other files.
    const same = usual.every((path, at) => stored.watched[at] === path)
    return same && stored.stamp === stampAll(stored.watched, env) ? settingsOf(stored) : undefined
  } catch {
    return undefined
  }
}

const store = (file: string, stored: Stored): void => {
  try {
    mkdirSync(onDisk(dirname(file)), { recursive: true })
    writeFileSync(onDisk(`${file}.${process.pid}`), JSON.stringify(stored))
    renameSync(onDisk(`${file}.${process.pid}`), onDisk(file))
  } catch {
    // A git directory that can't be written costs two processes at each run.
  }
}

/** git keeps the configuration of a repository to itself that it does not trust. */
const holdsOwn = (layout: RepositoryLayout, { files }: ConfigOutput): boolean => {
  const own = join(layout.commonDir, 'config')
  return files.some((file) => file === own || (basename(file) === 'config' && canonical(file) === canonical(own)))
}

const fileOf = ({ commonDir, gitDir }: RepositoryLayout): string => {
  const name = gitDir === commonDir ? 'main' : `worktree-${basename(gitDir)}`
  return join(commonDir, 'wt', 'cache', 'settings', `${name}.json`)
}

const ask = async (
  git: GitReader,
  layout: RepositoryLayout,
  env: Environment,
  usual: readonly string[],
  meanwhile: () => void,
): Promise<GitSettings> => {
  const before = stampAll(usual, env)
  const known = knownVersion(env)
  const asked = [known ?? askVersion(git, env), git.read(['config', '--list', '--show-origin', '-z'])] as const
  if (known !== undefined) meanwhile()
  const [version, listed] = await Promise.all(asked)
  const output = parseConfig(listed.stdout, git.cwd, env['HOME'] ?? '')
  const entries = output.entries.filter(([key]) => KEPT.test(key))
  const found = { version, entries, main: await mainSettings(git, layout, output) }
  const watched = [...usual, ...output.files.filter((path) => !usual.includes(path))]
  const sure = output.fixed && holdsOwn(layout, output) && before === stampAll(usual, env) && watched.every(isSettled)
  if (sure) store(fileOf(layout), { ...found, stamp: stampAll(watched, env), watched })
  return settingsOf(found)
}

/**
 * Git's configuration as git itself reads it, remembered under `<common>/wt/cache/settings/` until one of the files
 * that it came from, or git itself, changes. `meanwhile` is called where a git that is known to be new enough has to be
 * asked: what does not depend on the settings can be begun then. Throws GIT_TOO_OLD below the floor.
 */
export const loadSettings = async (
  git: GitReader,
  layout: RepositoryLayout,
  env: Environment,
  meanwhile: () => void = () => undefined,
): Promise<GitSettings> => {
  const usual = usualFiles(layout, env)
  return restore(fileOf(layout), usual, env) ?? (await ask(git, layout, env, usual, meanwhile))
}
