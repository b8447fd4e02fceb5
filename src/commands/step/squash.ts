import { string } from '@oclif/core/args'
import { LandCommand } from '../../cli/land-command.ts'
import { squashJson } from '../../render/land/answer.ts'
import { landPrograms } from '../../worktree/land/programs.ts'
import { runSquash } from '../../worktree/land/steps.ts'

export default class StepSquash extends LandCommand {
  static override summary = 'Make one commit of the branch and of what is not committed'
  static override examples = ['wt step squash', 'wt step squash develop', 'wt step squash --dry-run']
  static override args = { target: string({ description: 'commit to squash down to (default: the default branch)' }) }
  static override flags = LandCommand.messageFlags

  async run(): Promise<number> {
    const { flags, args, raw } = await this.parse(StepSquash)
    const landed = await runSquash(
      { ...this.ports(flags), programs: landPrograms(this.voice(flags)) },
      { target: args.target, ...this.messageOptions(flags, raw) },
    )
    return this.answer(landed, squashJson, flags)
  }
}
