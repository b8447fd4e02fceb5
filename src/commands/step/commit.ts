import { boolean, string } from '@oclif/core/flags'
import { json, stage, textFormat, wantsJson } from '../../cli/flags.ts'
import { LandCommand } from '../../cli/land-command.ts'
import type { StageMode } from '../../core/config.ts'
import { commitJson } from '../../render/land/answer.ts'
import { landPrograms } from '../../worktree/land/programs.ts'
import { runCommit } from '../../worktree/land/steps.ts'

export default class StepCommit extends LandCommand {
  static override summary = 'Stage and commit, with a message of its own'
  static override examples = ['wt step commit', 'wt step commit --stage=tracked', 'wt step commit --dry-run']
  static override flags = {
    branch: string({ char: 'b', summary: 'Commit in the worktree of that branch (default: the one at hand)' }),
    stage,
    'dry-run': boolean({ summary: 'Show what would be committed, and do nothing', exclusive: ['show-prompt'] }),
    'show-prompt': boolean({ summary: 'Print what the message would be asked with' }),
    hooks: boolean({ summary: 'Run hooks', allowNo: true }),
    verify: boolean({ summary: 'The same as --hooks', allowNo: true, hidden: true }),
    format: textFormat,
    json,
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(StepCommit)
    const landed = await runCommit(
      { ...this.ports(flags), programs: landPrograms(this.voice(flags)) },
      {
        branch: flags.branch,
        stage: flags.stage as StageMode | undefined,
        dryRun: flags['dry-run'],
        promptOnly: flags['show-prompt'],
        json: wantsJson(flags),
        verify: (flags.hooks ?? flags.verify) !== false,
      },
    )
    return this.answer(landed, commitJson, flags)
  }
}
