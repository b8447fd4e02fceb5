import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { basename, isAbsolute } from 'node:path'
import { encodeBytes } from '../core/bytes.ts'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Names the file in which a shell's wrapper looks for the directory to go to. */
const FILE = 'WT_DIRECTIVE_CD_FILE'

/** What wrappers and `wt` tell each other. None of it is anybody else's business. */
const DIRECTIVES = [FILE, 'WT_DIRECTIVE_FILE', 'WT_DIRECTIVE_EXEC_FILE', 'WT_SHELL_CWD', 'WT_COMPLETE_NAME'] as const

/** Why the shell can't be taken to another directory. */
export type NotIntegrated =
  /** The wrapper is too old: it only has what its successor no longer uses. */
  | 'outdated-wrapper'
  /** Run as `git wt`: git's child can't move the shell. */
  | 'git-subcommand'
  /** Called by its path, past the wrapper. */
  | 'explicit-path'
  | 'no-wrapper'
  /** A shell that is started anew would have a wrapper. */
  | 'not-loaded'

/** The way to the shell that `wt` was called from. */
export type HandOff =
  | {
      readonly kind: 'integrated'
      /** Has the shell go there when `wt` ends; the last word counts. Throws HAND_OFF_UNWRITABLE. */
      readonly goTo: (path: AbsolutePath) => void
    }
  | { readonly kind: 'none'; readonly why: NotIntegrated }

/** Blank counts as unset. */
const settingOf = (env: Variables, name: string): string | undefined => env[name]?.trim() || undefined

/** Truncates and fills a file that the wrapper has made. Another one, or none, is not made instead. */
const overwrite = (file: string, path: AbsolutePath): void => {
  try {
    const descriptor = openSync(file, 'r+')
    try {
      ftruncateSync(descriptor)
      const bytes = encodeBytes(`${path}\n`)
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at)
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new WtError('HAND_OFF_UNWRITABLE', `the shell can’t be told where to go, by ${file}: ${reason}`, {
      hint: `${FILE} names that file: start a new shell, or go with cd ${path}`,
    })
  }
}

const whyNot = (env: Variables, program: string | undefined): NotIntegrated => {
  if (settingOf(env, 'WT_DIRECTIVE_FILE') !== undefined) return 'outdated-wrapper'
  // git puts its own programs first on PATH and tells where they are.
  if (settingOf(env, 'GIT_EXEC_PATH') !== undefined || (program && basename(program) === 'git-wt'))
    return 'git-subcommand'
  const typed = settingOf(env, '_')
  const byPath = typed !== undefined && isAbsolute(typed) && !(env['PATH'] ?? '').split(':').includes(dirOf(typed))
  return byPath ? 'explicit-path' : 'no-wrapper'
}

const dirOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')))

/** Finds the way to the shell. `program` is what `wt` was started as (`argv[1]`). */
export const openHandOff = (env: Variables, program: string | undefined): HandOff => {
  const file = settingOf(env, FILE)
  if (file === undefined) return { kind: 'none', why: whyNot(env, program) }
  return { kind: 'integrated', goTo: (path) => overwrite(file, path) }
}

/** The environment for a child that is nobody's shell wrapper. */
export const withoutDirectives = (env: Variables): Record<string, string> => {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !(DIRECTIVES as readonly string[]).includes(name)) out[name] = value
  }
  return out
}
