import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { json, textFormat, wantsJson } from '../../../cli/flags.ts'
import { hookVoice } from '../../../cli/hook-ports.ts'
import { shadowOf } from '../../../core/shadow.ts'
import { showAliases } from '../../../hooks/alias-show.ts'
import { narrateAliases, renderAliases, shownAliasesJson } from '../../../render/alias.ts'
import { renderJson } from '../../../render/json.ts'

export default class Show extends BaseCommand {
  static override summary = 'Show the configured aliases, or one of them, as they are written'
  static override examples = ['wt config alias show', 'wt config alias show deploy']
  static override args = { name: string({ description: 'only this alias' }) }
  static override completes = { name: 'alias' } as const
  static override flags = { format: textFormat, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Show)
    const { out, err } = this.context
    const place = this.place(flags)
    const voice = hookVoice(this.context, place, { yes: flags.yes, words: [], confirm: undefined })
    const shown = await showAliases({ ...place, ...voice }, args.name)
    const specs = await this.specs()
    const shadows = new Map(shown.names.map((name) => [name, shadowOf(name, specs)]))
    const answer = wantsJson(flags)
      ? renderJson(shownAliasesJson(shown, shadows))
      : renderAliases(shown.commands, out.style)
    this.show({ answer, narration: narrateAliases(shown, shadows, err.style) })
  }
}
