import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The second at which the histories of the scenarios begin: 2026-01-01T00:00:00Z. */
export const EPOCH = 1_767_225_600

/** A git date: so many seconds after `EPOCH`. */
export const gitDate = (seconds: number): string => `${EPOCH + seconds} +0000`

/** No background maintenance may touch a repository that a test looks at; no disk flush is worth waiting for. */
const GLOBAL_CONFIG = `[init]
\tdefaultBranch = main
[gc]
\tauto = 0
[maintenance]
\tauto = false
[core]
\tfsync = none
[advice]
\tdetachedHead = false
`

/** Writes a home directory that holds nothing but a small git configuration. */
export const makeHome = (home: string): void => {
  mkdirSync(join(home, '.config'), { recursive: true })
  writeFileSync(join(home, '.gitconfig'), GLOBAL_CONFIG)
}

/**
 * The whole environment of a test's git: nothing of the developer's but PATH, which decides the git that is tested.
 * `base` holds the home directory; git does not look for a repository above it.
 */
export const hermeticEnvironment = (base: string): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? '',
  HOME: join(base, 'home'),
  XDG_CONFIG_HOME: join(base, 'home', '.config'),
  GIT_CONFIG_GLOBAL: join(base, 'home', '.gitconfig'),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: base,
  GIT_ALLOW_PROTOCOL: 'file',
  GIT_TERMINAL_PROMPT: '0',
  GIT_AUTHOR_NAME: 'Ada Example',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_AUTHOR_DATE: gitDate(86_400),
  GIT_COMMITTER_NAME: 'Ada Example',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
  GIT_COMMITTER_DATE: gitDate(86_400),
  TZ: 'UTC',
  LC_ALL: 'C.UTF-8',
})
