import { existsSync } from 'node:fs'
import { carriesRawBytes } from '../../core/bytes.ts'
import type { Environment } from '../../git/environment.ts'
import { storeNames } from '../../git/names-file.ts'
import type { FoundNames } from './names.ts'

/** What says where configuration is: with another value of one of them, other names count. */
const DECIDING = ['HOME', 'XDG_CONFIG_HOME', 'XDG_CONFIG_DIRS', 'WT_CONFIG_PATH', 'WT_SYSTEM_CONFIG_PATH']
const PROJECT = 'WT_PROJECT_CONFIG_PATH'

/** The first line of a file of names, as scripts/candidates.sh makes it too. */
const keyOf = (env: Environment): string => ['1', ...[...DECIDING, PROJECT].map((name) => env[name] ?? '')].join('|')

/** A relative path means another file in every directory, a newline would end a line, and lines are UTF-8. */
const isKeepable = ({ repository, sources }: FoundNames, env: Environment): boolean =>
  ['WT_CONFIG_PATH', 'WT_SYSTEM_CONFIG_PATH'].every((name) => !env[name] || env[name]?.startsWith('/')) &&
  [keyOf(env), repository?.layout.top ?? '', ...sources].every((text) => !text.includes('\n') && !carriesRawBytes(text))

/**
 * Names as lines for scripts/candidates.sh: `alias`, name, summary and the command that it is completed like; `hook`, its
 * name, the command's name and its source. Tabs stand between. They are kept until one of their files changes: a line
 * before them has each, behind a `+`, or behind a `-` where it is not there. The worktree stands behind an `@`: one that
 * was moved or copied has other files.
 */
export const keepNames = (found: FoundNames, env: Environment): string => {
  const { aliases, hooks, repository, sources } = found
  const lines = [
    ...aliases.map(({ name, summary, like }) => ['alias', name, summary, like.join(' ')]),
    ...hooks.map(({ kind, name, source }) => ['hook', kind, name, source]),
  ].map((fields) => `${fields.join('\t')}\n`)
  const layout = repository?.layout
  // Inside of a git directory the project's file is not looked for, and the script can't tell.
  const inGitDirectory = layout !== undefined && layout.top === undefined
  if (!inGitDirectory && isKeepable(found, env)) {
    const watched = sources.map((path) => `${existsSync(path) ? '+' : '-'}${path}\n`)
    const root = layout?.top === undefined ? '' : `@${layout.top}\n`
    storeNames(layout, env, `${keyOf(env)}\n${root}${watched.join('')}${lines.join('')}`, sources)
  }
  return lines.join('')
}
