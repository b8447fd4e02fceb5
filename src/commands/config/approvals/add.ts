import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { hookVoice } from '../../../cli/hook-ports.ts'
import { addApprovals } from '../../../hooks/approvals.ts'
import { renderAdded } from '../../../render/approvals.ts'

export default class Add extends BaseCommand {
  static override summary = 'Approve of the commands of the project'
  static override description = 'Shows them and asks. With --yes they are approved without a question.'
  static override flags = { all: boolean({ summary: 'Ask about all commands, approved ones too' }) }

  async run(): Promise<void> {
    const { flags } = await this.parse(Add)
    const { err } = this.context
    const place = this.place(flags)
    const how = { yes: flags.yes, words: [], confirm: this.confirm, review: true }
    const { approval } = hookVoice(this.context, place, how)
    err.write(renderAdded(await addApprovals(place, approval, flags.all), err.style))
  }
}
