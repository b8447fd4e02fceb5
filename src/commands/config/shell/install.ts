import { string } from '@oclif/core/args'
import { boolean, string as stringFlag } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { confirmOrRefuse } from '../../../cli/confirm.ts'
import { EXIT } from '../../../cli/exit-codes.ts'
import { renderInstall } from '../../../render/shell.ts'
import { commandName } from '../../../shell/command-name.ts'
import { runInstall } from '../../../shell/install/run.ts'
import { SHELLS, toShell } from '../../../shell/shells.ts'

export default class Install extends BaseCommand {
  static override summary = 'Put wt into the start-up files of your shells'
  static override description = 'Shows what it would write and asks. Without a shell, those that have a start-up file.'
  static override examples = ['wt config shell install', 'wt config shell install zsh --dry-run']
  static override args = { shell: string({ description: 'only this shell', options: [...SHELLS] }) }
  static override flags = {
    cmd: stringFlag({ summary: 'Name of the shell command (default: what wt was started as)', helpValue: '<name>' }),
    'dry-run': boolean({ summary: 'Show what would be written, and write nothing' }),
  }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Install)
    const { env, home, err, program } = this.context
    const result = await runInstall(
      { env, home },
      {
        action: 'install',
        shell: toShell(args.shell ?? ''),
        name: commandName(flags.cmd, program?.[1]),
        dryRun: flags['dry-run'],
      },
      async (planned) => {
        const preview = renderInstall(planned, err.style)
        if (flags.yes) return true
        err.write(preview)
        return await confirmOrRefuse(this.context, 'write this?', preview)
      },
    )
    err.write(renderInstall(result, err.style))
    return result.problems.length > 0 ? EXIT.failed : EXIT.done
  }
}
