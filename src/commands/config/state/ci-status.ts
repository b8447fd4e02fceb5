import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { branch, json, textFormat, wantsJson } from '../../../cli/flags.ts'
import { renderJson } from '../../../render/json.ts'
import { message } from '../../../render/message.ts'
import { ciJson } from '../../../render/settings/state-json.ts'
import { getCiStatus } from '../../../settings/state/ci-status.ts'

/** For scripts of those who come from elsewhere. */
export default class CiStatus extends BaseCommand {
  static override summary = 'What is remembered of the checks of a branch'
  static override hidden = true
  static override args = { action: string({ description: 'what to do', options: ['get'], default: 'get' }) }
  static override flags = { branch, format: textFormat, json }

  async run(): Promise<void> {
    const { flags } = await this.parse(CiStatus)
    const { out, err } = this.context
    const text = 'wt config state ci-status is deprecated: what is remembered is in wt config state cache'
    err.write(`${message('warning', text, err.style)}\n`)
    const entry = await getCiStatus(this.place(flags), flags.branch)
    if (wantsJson(flags)) out.write(renderJson(ciJson(entry)))
    else this.print(`${entry?.status ?? 'no-ci'}\n`)
  }
}
