import { string } from '@oclif/core/args'
import { string as stringFlag } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { json, wantsJson } from '../../../cli/flags.ts'
import { renderJson } from '../../../render/json.ts'
import { renderShells } from '../../../render/shell-show.ts'
import { commandName } from '../../../shell/command-name.ts'
import { SHELLS, toShell } from '../../../shell/shells.ts'
import { showShells } from '../../../shell/show/run.ts'

export default class Show extends BaseCommand {
  static override summary = 'Tell where the shell integration is or would be, and whether it is loaded'
  static override args = { shell: string({ description: 'only this shell', options: [...SHELLS] }) }
  static override flags = {
    cmd: stringFlag({ summary: 'Name of the shell command (default: what wt was started as)', helpValue: '<name>' }),
    format: stringFlag({ summary: 'What to print', options: ['text', 'json'], default: 'text' }),
    json,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Show)
    const { env, home, out, program } = this.context
    const result = showShells({ env, home }, toShell(args.shell ?? ''), commandName(flags.cmd, program?.[1]))
    out.write(wantsJson(flags) ? renderJson(result) : renderShells(result, out.style))
  }
}
