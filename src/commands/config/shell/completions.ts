import { string } from '@oclif/core/args'
import { string as stringFlag } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { commandName } from '../../../shell/command-name.ts'
import { answerText, currentWords } from '../../../shell/completion/answer.ts'
import { complete } from '../../../shell/completion/candidates.ts'
import { completionScript } from '../../../shell/init.ts'
import { SHELLS, type Shell } from '../../../shell/shells.ts'

export default class Completions extends BaseCommand {
  static override summary = 'Print the code that registers completion, or, with words, what may stand in the last one'
  static override hidden = true
  static override args = { shell: string({ description: 'which shell', options: [...SHELLS], required: true }) }
  static override flags = { cmd: stringFlag({ summary: 'Name of the shell command', helpValue: '<name>' }) }

  async run(): Promise<void> {
    // What is behind `--` is somebody's unfinished line: none of it is an option of this command.
    const end = this.argv.indexOf('--')
    const words = end < 0 ? [] : this.argv.slice(end + 1)
    const { args, flags } = await this.parse(Completions, end < 0 ? this.argv : this.argv.slice(0, end))
    const shell = args.shell as Shell
    const { env, home, out } = this.context
    const specs = await this.specs()
    if (words.length === 0) {
      const name = commandName(flags.cmd ?? (env['WT_COMPLETE_NAME'] || undefined), this.context.program?.[1])
      return out.write(completionScript(shell, name, specs))
    }
    const place = { env, home, cwd: this.place(flags).cwd }
    out.write(answerText(shell, await complete(currentWords(words, env), specs, place)))
  }
}
