import { string as word } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { EXIT } from '../../../cli/exit-codes.ts'
import { isPlainCommand, PROMPT_SHELLS, type PromptShell, promptCode } from '../../../shell/prompt/code.ts'

export default class Prompt extends BaseCommand {
  static override summary = 'Print the shell code of a prompt segment that starts no process while nothing changes'
  static override description =
    'The code defines wt_prompt, which prints the segment, and sets the variable WT_PROMPT before each prompt. ' +
    'With sh it is a program of its own, for starship, tmux and others. See docs/prompt.md.'
  static override examples = ['eval "$(wt config shell prompt bash)"', 'wt config shell prompt fish | source']
  static override args = {
    shell: word({ description: 'the shell', options: [...PROMPT_SHELLS], required: true, ignoreStdin: true }),
  }
  static override flags = {
    cmd: string({ summary: 'The name under which wt is called', helpValue: '<name>', default: 'wt' }),
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Prompt)
    if (!isPlainCommand(flags.cmd)) this.error(`not the plain name of a program: ${flags.cmd}`, { exit: EXIT.usage })
    this.context.out.write(promptCode(args.shell as PromptShell, flags.cmd))
  }
}
