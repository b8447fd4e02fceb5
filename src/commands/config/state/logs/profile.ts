import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../../cli/base-command.ts'
import { json, textFormat, wantsJson } from '../../../../cli/flags.ts'
import { renderJson } from '../../../../render/json.ts'
import { profileJson, renderProfile } from '../../../../render/settings/profile.ts'
import { readProfile } from '../../../../settings/state/profile.ts'

export default class Profile extends BaseCommand {
  static override summary = 'Where a run with -vv spent its time'
  static override description = 'Without a file it is the last one in this repository. - reads standard input.'
  static override examples = ['wt -vv list; wt config state logs profile', 'wt config state logs profile trace.jsonl']
  static override args = { file: string({ description: 'a trace.jsonl' }) }
  static override completes = { file: 'file' } as const
  static override flags = { format: textFormat, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Profile)
    const { out, input } = this.context
    const profile = await readProfile(this.place(flags), args.file, input)
    out.write(wantsJson(flags) ? renderJson(profileJson(profile)) : renderProfile(profile, out.style))
  }
}
