import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { hookVoice } from '../../../cli/hook-ports.ts'
import { withdrawApprovals } from '../../../hooks/approvals.ts'
import { renderWithdrawn } from '../../../render/approvals.ts'

export default class Clear extends BaseCommand {
  static override summary = 'Withdraw approvals'
  static override flags = {
    global: boolean({ char: 'g', summary: 'Of all projects' }),
    stale: boolean({ summary: 'Only of commands that the project has no longer', exclusive: ['global'] }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Clear)
    const { err } = this.context
    const place = this.place(flags)
    const { approval } = hookVoice(this.context, place, { yes: flags.yes, words: [], confirm: undefined })
    const what = flags.global ? 'everything' : flags.stale ? 'stale' : 'project'
    err.write(renderWithdrawn(await withdrawApprovals(place, approval.path, what), err.style))
  }
}
