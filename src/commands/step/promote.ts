import { string as text } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT } from '../../cli/exit-codes.ts'
import { json, textFormat, wantsJson } from '../../cli/flags.ts'
import { renderJson } from '../../render/json.ts'
import { promoteJson, renderPromote } from '../../render/step/promote.ts'
import { runPromote } from '../../worktree/promote/run.ts'

export default class Promote extends BaseCommand {
  static override summary = 'Swap the branches of the main worktree and another one, ignored files included'
  static override description =
    'Without a branch: the one at hand; in the main worktree the default branch, which puts everything back.'
  static override examples = ['wt step promote feature', 'wt step promote']
  static override args = { branch: text({ description: 'the branch that the main worktree gets' }) }
  static override flags = {
    'dry-run': boolean({ summary: 'Show what would be swapped, and do nothing', default: false }),
    format: textFormat,
    json,
  }

  async run(): Promise<number> {
    const { flags, args } = await this.parse(Promote)
    const ports = { ...this.place(flags), command: this.commandLine }
    const result = await runPromote(ports, { branch: args.branch, dryRun: flags['dry-run'] })
    const answer = promoteJson(result)
    this.show({
      answer: wantsJson(flags) && answer !== undefined ? renderJson(answer) : '',
      narration: renderPromote(result, this.context.err.style),
    })
    return result.kind === 'refused' ? EXIT.failed : EXIT.done
  }
}
