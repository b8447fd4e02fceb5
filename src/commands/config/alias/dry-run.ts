import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { json, textFormat, wantsJson } from '../../../cli/flags.ts'
import { hookVoice } from '../../../cli/hook-ports.ts'
import { splitTrailing } from '../../../cli/trailing.ts'
import { shadowOf } from '../../../core/shadow.ts'
import { previewAlias } from '../../../hooks/alias-show.ts'
import { aliasPreviewJson, narrateAliasPreview, renderAliasPreview } from '../../../render/alias.ts'
import { renderJson } from '../../../render/json.ts'

export default class DryRun extends BaseCommand {
  static override summary = 'Print what an alias would run, and run nothing'
  static override description =
    'Words behind -- are read as if they stood behind wt <alias>. What a command takes from {{ vars }} stays as it is written: it is only known when that command runs.'
  static override examples = ['wt config alias dry-run deploy', 'wt config alias dry-run deploy -- --env=staging now']
  static override usage = 'config alias dry-run <name> [-- <words…>]'
  static override args = { name: string({ description: 'the alias', required: true }) }
  static override completes = { name: 'alias' } as const
  static override flags = { format: textFormat, json }

  async run(): Promise<void> {
    const { own, trailing = [] } = splitTrailing(this.argv)
    const { args, flags } = await this.parse(DryRun, own)
    const { out, err } = this.context
    const place = this.place(flags)
    const voice = hookVoice(this.context, place, { yes: flags.yes, words: [], confirm: undefined })
    const preview = await previewAlias({ ...place, ...voice }, args.name, trailing)
    const shadow = shadowOf(args.name, await this.specs())
    const answer = wantsJson(flags) ? renderJson(aliasPreviewJson(preview)) : renderAliasPreview(preview, out.style)
    this.show({ answer, narration: narrateAliasPreview(preview, shadow, err.style) })
  }
}
