import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { confirmOrRefuse } from '../../../cli/confirm.ts'
import { EXIT } from '../../../cli/exit-codes.ts'
import { renderInstall } from '../../../render/shell.ts'
import { commandName } from '../../../shell/command-name.ts'
import { runInstall } from '../../../shell/install/run.ts'
import { SHELLS, toShell } from '../../../shell/shells.ts'

export default class Uninstall extends BaseCommand {
  static override summary = 'Take wt out of the start-up files of your shells'
  static override description =
    'Removes what install wrote, for every command name, and nothing else. Shows it and asks.'
  static override args = { shell: string({ description: 'only this shell', options: [...SHELLS] }) }
  static override flags = { 'dry-run': boolean({ summary: 'Show what would be removed, and remove nothing' }) }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Uninstall)
    const { env, home, err, program } = this.context
    const name = commandName(undefined, program?.[1])
    const result = await runInstall(
      { env, home },
      { action: 'uninstall', shell: toShell(args.shell ?? ''), name, dryRun: flags['dry-run'] },
      async (planned) => {
        const preview = renderInstall(planned, err.style)
        if (flags.yes) return true
        err.write(preview)
        return await confirmOrRefuse(this.context, 'remove this?', preview)
      },
    )
    err.write(renderInstall(result, err.style))
    return result.problems.length > 0 ? EXIT.failed : EXIT.done
  }
}
