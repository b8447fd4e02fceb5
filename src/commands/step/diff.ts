import { string as text } from '@oclif/core/args'
import { string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { splitTrailing } from '../../cli/trailing.ts'
import { runDiff } from '../../worktree/diff/run.ts'

export default class Diff extends BaseCommand {
  static override summary = 'Show everything that a worktree adds to its target, untracked files included'
  static override description =
    'Runs git diff against the commit at which the work left its target. What follows -- goes to git diff.'
  static override examples = ['wt step diff', 'wt step diff -- --stat', 'wt step diff --branch feature -- src']
  static override args = { target: text({ description: 'branch or commit (default: the default branch)' }) }
  static override flags = {
    branch: string({ char: 'b', summary: 'Look at the worktree of this branch', helpValue: '<worktree>' }),
  }

  async run(): Promise<number> {
    const { own, trailing = [] } = splitTrailing(this.argv)
    const { flags, args } = await this.parse(Diff, own)
    return await runDiff(this.place(flags), { target: args.target, branch: flags.branch, words: trailing })
  }
}
