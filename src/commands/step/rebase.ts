import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { json, textFormat } from '../../cli/flags.ts'
import { LandCommand } from '../../cli/land-command.ts'
import { rebaseJson } from '../../render/land/answer.ts'
import { runRebase } from '../../worktree/land/steps.ts'

export default class StepRebase extends LandCommand {
  static override summary = 'Lay the branch on its target; other branches stay where they are'
  static override examples = ['wt step rebase', 'wt step rebase v1.2']
  static override args = { target: string({ description: 'commit to lay it on (default: the default branch)' }) }
  static override flags = {
    'dry-run': boolean({ summary: 'Show what would be done, and do nothing' }),
    format: textFormat,
    json,
  }

  async run(): Promise<number> {
    const { flags, args } = await this.parse(StepRebase)
    const landed = await runRebase(this.ports(flags), { target: args.target, dryRun: flags['dry-run'] })
    return this.answer(landed, rebaseJson, flags)
  }
}
