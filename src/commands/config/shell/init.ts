import { string } from '@oclif/core/args'
import { string as stringFlag } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { commandName } from '../../../shell/command-name.ts'
import { initScript } from '../../../shell/init.ts'
import { SHELLS, type Shell } from '../../../shell/shells.ts'

export default class Init extends BaseCommand {
  static override summary = 'Print the code that puts wt into a shell: directory changes and completion'
  static override examples = ['eval "$(command wt config shell init bash)"']
  static override args = { shell: string({ description: 'which shell', options: [...SHELLS], required: true }) }
  static override flags = {
    cmd: stringFlag({ summary: 'Name of the shell command (default: what wt was started as)', helpValue: '<name>' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Init)
    const name = commandName(flags.cmd, this.context.program?.[1])
    this.context.out.write(initScript(args.shell as Shell, name, await this.specs()))
  }
}
