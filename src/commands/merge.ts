import { string } from '@oclif/core/args'
import { boolean, string as text } from '@oclif/core/flags'
import { json, stage, textFormat } from '../cli/flags.ts'
import { LandCommand } from '../cli/land-command.ts'
import { openProgress } from '../cli/progress.ts'
import { mergeJson } from '../render/land/answer.ts'
import { findHandOff } from '../shell/hand-off.ts'
import { runMerge } from '../worktree/land/merge.ts'
import { landPrograms } from '../worktree/land/programs.ts'

export default class Merge extends LandCommand {
  static override summary = 'Land the branch of a worktree on its target, then remove both'
  static override description =
    'Commits what is not committed, makes one commit of the branch, lays it on the target, moves the target there, and removes worktree and branch. Never fetches, never stashes.'
  static override examples = ['wt merge', 'wt merge develop --no-squash', 'wt merge --branch other --dry-run']
  static override args = { target: string({ description: 'branch to land on (default: the default branch)' }) }
  static override flags = {
    branch: text({ char: 'b', summary: 'Merge the branch of that worktree (default: the one at hand)' }),
    squash: boolean({ summary: 'Make one commit of the branch', allowNo: true }),
    commit: boolean({ summary: 'Commit what is not committed, and squash', allowNo: true }),
    rebase: boolean({ summary: 'Lay the branch on the target first', allowNo: true }),
    remove: boolean({ summary: 'Remove worktree and branch in the end', allowNo: true }),
    ff: boolean({ summary: 'Fast-forward the target; else make a merge commit', allowNo: true }),
    ...LandCommand.hookFlags,
    stage,
    'dry-run': boolean({ summary: 'Show what would be done, and do nothing' }),
    format: textFormat,
    json,
  }

  async run(): Promise<number> {
    const { flags, args, raw } = await this.parse(Merge)
    const { squash, commit, rebase, remove, ff, branch } = flags
    const { err, program, startedIn } = this.context
    const progress = openProgress(err)
    const leaving = { startedIn, program, progress: progress.show, handOff: await findHandOff(this.context) }
    const programs = landPrograms(this.voice(flags))
    const { say, ...ports } = this.ports(flags)
    const told: typeof say = (note) => {
      progress.end()
      say(note)
    }
    const landed = await runMerge(
      { ...ports, say: told, ...leaving, programs },
      {
        ...{ target: args.target, branch, stage: flags.stage, dryRun: flags['dry-run'] },
        flags: { squash, commit, rebase, remove, ff, verify: this.wantsHooks(raw) },
      },
    )
    progress.end()
    return this.answer(landed, mergeJson, flags)
  }
}
