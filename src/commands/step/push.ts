import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { json, textFormat } from '../../cli/flags.ts'
import { LandCommand } from '../../cli/land-command.ts'
import { pushJson } from '../../render/land/answer.ts'
import { runPush } from '../../worktree/land/steps.ts'

export default class StepPush extends LandCommand {
  static override summary = 'Move the target to the work at hand; nothing leaves the repository'
  static override examples = ['wt step push', 'wt step push develop --no-ff']
  static override args = { target: string({ description: 'branch to move (default: the default branch)' }) }
  static override flags = {
    ff: boolean({ summary: 'Fast-forward the target; else make a merge commit', allowNo: true, default: true }),
    'dry-run': boolean({ summary: 'Show what would be done, and do nothing' }),
    format: textFormat,
    json,
  }

  async run(): Promise<number> {
    const { flags, args } = await this.parse(StepPush)
    const landed = await runPush(this.ports(flags), { target: args.target, ff: flags.ff, dryRun: flags['dry-run'] })
    return this.answer(landed, pushJson, flags)
  }
}
