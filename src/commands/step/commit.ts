import { string } from '@oclif/core/flags'
import { LandCommand } from '../../cli/land-command.ts'
import { commitJson } from '../../render/land/answer.ts'
import { landPrograms } from '../../worktree/land/programs.ts'
import { runCommit } from '../../worktree/land/steps.ts'

export default class StepCommit extends LandCommand {
  static override summary = 'Stage and commit, with a message of its own'
  static override examples = ['wt step commit', 'wt step commit --stage=tracked', 'wt step commit --dry-run']
  static override flags = {
    branch: string({ char: 'b', summary: 'Commit in the worktree of that branch (default: the one at hand)' }),
    ...LandCommand.messageFlags,
  }

  async run(): Promise<number> {
    const { flags, raw } = await this.parse(StepCommit)
    const landed = await runCommit(
      { ...this.ports(flags), programs: landPrograms(this.voice(flags)) },
      { branch: flags.branch, ...this.messageOptions(flags, raw) },
    )
    return this.answer(landed, commitJson, flags)
  }
}
