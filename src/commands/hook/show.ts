import { string } from '@oclif/core/args'
import { boolean, string as text } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { json, wantsJson } from '../../cli/flags.ts'
import { hookVoice } from '../../cli/hook-ports.ts'
import { HOOK_KINDS } from '../../core/hooks.ts'
import { hookKind, showConfigured } from '../../hooks/run.ts'
import { renderShow, showJson } from '../../render/hooks.ts'
import { renderJson } from '../../render/json.ts'

export default class Show extends BaseCommand {
  static override summary = 'Show the configured hooks, and those that failed in the background'
  static override examples = ['wt hook show', 'wt hook show pre-merge --expanded']
  static override args = { hook: string({ description: 'only this hook' }) }
  static override completes = { hook: HOOK_KINDS } as const
  static override flags = {
    expanded: boolean({ summary: 'Show what each command would be here and now' }),
    format: text({ summary: 'What to print', options: ['text', 'json'], default: 'text' }),
    json,
  }

  async run(): Promise<void> {
    const { flags, args } = await this.parse(Show)
    const { out } = this.context
    const place = this.place(flags)
    const voice = hookVoice(this.context, place, { yes: flags.yes, words: [], confirm: undefined })
    const kind = args.hook === undefined ? undefined : hookKind(args.hook)
    const { commands, failures } = await showConfigured({ ...place, ...voice }, { kind, expanded: flags.expanded })
    out.write(wantsJson(flags) ? renderJson(showJson(commands)) : renderShow(commands, failures, kind, out.style))
  }
}
