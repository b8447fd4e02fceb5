import { CLIError } from '@oclif/core/errors'
import { boolean, option, string } from '@oclif/core/flags'
import { EXIT } from './exit-codes.ts'

/** Accepted by every command, before or after its name. */
export const globalFlags = {
  directory: string({
    char: 'C',
    summary: 'Work as if started in this directory',
    helpValue: '<path>',
    helpGroup: 'GLOBAL',
  }),
  config: string({ summary: 'Read this file as the user configuration', helpValue: '<path>', helpGroup: 'GLOBAL' }),
  'config-set': string({
    summary: 'Override configuration with a piece of TOML; may be repeated',
    helpValue: '<toml>',
    helpGroup: 'GLOBAL',
    multiple: true,
    multipleNonGreedy: true,
  }),
  verbose: boolean({ char: 'v', summary: 'Say more about what is done', helpGroup: 'GLOBAL' }),
  yes: boolean({ char: 'y', summary: 'Answer yes to every question', helpGroup: 'GLOBAL' }),
}

/** For commands that answer in words or in JSON. */
export const textFormat = string({ summary: 'What to print', options: ['text', 'json'], default: 'text' })

/** What goes into a commit. */
export const stage = option({
  summary: 'What to commit besides what is staged (default: commit.stage, else all)',
  options: ['all', 'tracked', 'none'] as const,
})()

/** The two spellings of one request: `--json` and `--format=json`. */
export const json = boolean({ summary: 'Print the answer as JSON (the same as --format=json)' })

/** `--format`, where a command prints text unless it is asked for JSON. */
export const format = string({ summary: 'What to print', options: ['table', 'json'] })

/** A command line that can't be meant: the process leaves with 2. */
export const usageError = (text: string): Error => new CLIError(text, { exit: EXIT.usage })

/** The branch that a command is about. */
export const branch = string({
  summary: 'The branch, by name, by the path of its worktree, or ^, @, - (default: @)',
  helpValue: '<branch>',
  parse: async (text) => {
    if (text.trim() === '') throw usageError('--branch needs a value')
    return text
  },
})

/** Whether the answer is wanted as JSON, in either spelling. */
export const wantsJson = (flags: { readonly json: boolean; readonly format?: string | undefined }): boolean =>
  flags.json || flags.format === 'json'

/** A switch that was given a value, as in `--force=false`: the parser would set it, and take the value for an argument. */
export const switchWithValue = (
  words: readonly string[],
  flags: Readonly<Record<string, { readonly type: string }>>,
): string | undefined => {
  const end = words.indexOf('--')
  for (const word of end < 0 ? words : words.slice(0, end)) {
    const name = /^--([^=]+)=/.exec(word)?.[1] ?? ''
    const flag = flags[name] ?? flags[name.replace(/^no-/, '')]
    if (flag?.type === 'boolean') return `--${name}`
  }
  return undefined
}
