import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { json, stage, textFormat, wantsJson } from '../../cli/flags.ts'
import { LandCommand } from '../../cli/land-command.ts'
import type { StageMode } from '../../core/config.ts'
import { squashJson } from '../../render/land/answer.ts'
import { landPrograms } from '../../worktree/land/programs.ts'
import { runSquash } from '../../worktree/land/steps.ts'

export default class StepSquash extends LandCommand {
  static override summary = 'Make one commit of the branch and of what is not committed'
  static override examples = ['wt step squash', 'wt step squash develop', 'wt step squash --dry-run']
  static override args = { target: string({ description: 'commit to squash down to (default: the default branch)' }) }
  static override flags = {
    stage,
    'dry-run': boolean({ summary: 'Show what would be committed, and do nothing', exclusive: ['show-prompt'] }),
    'show-prompt': boolean({ summary: 'Print what the message would be asked with' }),
    hooks: boolean({ summary: 'Run hooks', allowNo: true }),
    verify: boolean({ summary: 'The same as --hooks', allowNo: true, hidden: true }),
    format: textFormat,
    json,
  }

  async run(): Promise<number> {
    const { flags, args } = await this.parse(StepSquash)
    const landed = await runSquash(
      { ...this.ports(flags), programs: landPrograms(this.voice(flags)) },
      {
        target: args.target,
        stage: flags.stage as StageMode | undefined,
        dryRun: flags['dry-run'],
        promptOnly: flags['show-prompt'],
        json: wantsJson(flags),
        verify: (flags.hooks ?? flags.verify) !== false,
      },
    )
    return this.answer(landed, squashJson, flags)
  }
}
