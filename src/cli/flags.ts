import { boolean, string } from '@oclif/core/flags'

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

/** The two spellings of one request: `--json` and `--format=json`. */
export const json = boolean({ summary: 'Print the answer as JSON (the same as --format=json)' })

/** For commands that answer in text or in JSON. */
export const textFormat = string({ summary: 'What to print', options: ['text', 'json'], default: 'text' })

/** Whether the answer is wanted as JSON, in either spelling. */
export const wantsJson = (flags: { readonly json: boolean; readonly format: string }): boolean =>
  flags.json || flags.format === 'json'
