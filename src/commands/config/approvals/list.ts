import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { json, wantsJson } from '../../../cli/flags.ts'
import { hookVoice } from '../../../cli/hook-ports.ts'
import { listApprovals } from '../../../hooks/approvals.ts'
import { approvalsJson, renderApprovals } from '../../../render/approvals.ts'
import { renderJson } from '../../../render/json.ts'

export default class List extends BaseCommand {
  static override summary = 'Show the commands of the project, and which of them may run'
  static override flags = {
    format: string({ summary: 'What to print', options: ['text', 'json'], default: 'text' }),
    json,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(List)
    const { out } = this.context
    const place = this.place(flags)
    const { approval } = hookVoice(this.context, place, { yes: flags.yes, words: [], confirm: undefined })
    const list = await listApprovals(place, approval.path)
    out.write(wantsJson(flags) ? renderJson(approvalsJson(list)) : renderApprovals(list, out.style))
  }
}
