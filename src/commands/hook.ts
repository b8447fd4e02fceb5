import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { hookVoice } from '../cli/hook-ports.ts'
import { HOOK_KINDS } from '../core/hooks.ts'
import { readHookWords } from '../hooks/arguments.ts'
import { hookKind, runHooksByHand } from '../hooks/run.ts'
import { renderPreview } from '../render/hooks.ts'
import { message } from '../render/message.ts'

export default class Hook extends BaseCommand {
  static override summary = 'Run the commands of a hook here, by hand'
  static override description =
    'Words behind the hook select commands: NAME, user:NAME, project:NAME, or all of user: or project:. ' +
    '--KEY=VALUE sets a variable that the commands use; everything else, and what follows --, goes to {{ args }}.'
  static override examples = ['wt hook pre-merge', 'wt hook pre-merge user: lint', 'wt hook post-start --dry-run']
  static override strict = false
  static override args = {
    hook: string({ description: 'pre-merge, post-start, …' }),
    names: string({ description: 'only these of its commands' }),
  }
  static override completes = { hook: HOOK_KINDS, names: 'hook-name' } as const
  static override flags = {
    'dry-run': boolean({ summary: 'Print what would be run, and run nothing' }),
    foreground: boolean({ summary: 'Wait for hooks that run in the background otherwise' }),
  }

  async run(): Promise<void> {
    // Before the parser is given fewer words.
    const { commandLine: typed } = this
    const { own, words } = readHookWords(this.argv)
    const [kindWord, ...filters] = words.filters
    const { flags } = await this.parse(Hook, [...own])
    const { out, err } = this.context
    const place = this.place(flags)
    const voice = hookVoice(this.context, place, { yes: flags.yes, words: typed, confirm: this.confirm })
    const outcome = await runHooksByHand(
      { ...place, ...voice },
      {
        kind: hookKind(kindWord),
        words: { ...words, filters },
        dryRun: flags['dry-run'],
        foreground: flags.foreground,
      },
    )
    const tell = (kind: 'warning' | 'info', text: string): void => err.write(`${message(kind, text, err.style)}\n`)
    if (words.forced.length > 0) tell('warning', '--var is deprecated: write --KEY=VALUE')
    if (outcome.kind === 'previews') out.write(renderPreview(outcome.previews, out.style))
    if (outcome.kind === 'nothing') tell('warning', `no ${outcome.hook} hooks are configured`)
    if (outcome.kind !== 'ran') return
    for (const warning of outcome.warnings) tell('warning', warning)
    if (outcome.declined) tell('info', 'the commands of the project were not run')
  }
}
