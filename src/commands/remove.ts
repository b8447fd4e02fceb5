import { string } from '@oclif/core/args'
import { boolean, string as text } from '@oclif/core/flags'
import { EXIT } from '../cli/exit-codes.ts'
import { json, wantsJson } from '../cli/flags.ts'
import { RemovalCommand } from '../cli/removal-command.ts'
import { renderJson } from '../render/json.ts'
import { renderRemove } from '../render/remove.ts'
import { removeFailed, removeJson } from '../render/remove-json.ts'
import { findHandOff } from '../shell/hand-off.ts'
import { runRemove } from '../worktree/remove/run.ts'

export default class Remove extends RemovalCommand {
  static override summary = 'Remove worktrees, and their branches where the work is elsewhere, proven again by git'
  static override description = 'Without an argument, the worktree at hand. What git has not is kept for 30 days.'
  static override examples = ['wt remove', 'wt remove done other', 'wt remove - --dry-run']
  static override strict = false
  static override args = { target: string({ description: 'branch, path, @, - or ^; several may follow' }) }
  static override completes = { target: 'local-branch' } as const
  static override flags = {
    'delete-branch': boolean({ summary: 'Delete the branch if its work is elsewhere (default)', allowNo: true }),
    'force-delete': boolean({ char: 'D', summary: 'Delete the branch even if its work is nowhere else' }),
    force: boolean({ char: 'f', summary: 'Remove the worktree with what is not committed; it is kept for 30 days' }),
    foreground: boolean({ summary: 'Come back when the files are gone' }),
    reap: boolean({ summary: 'End processes without a terminal that work in the worktree' }),
    ...RemovalCommand.hookFlags,
    'dry-run': boolean({ summary: 'Show what would be done, and do nothing' }),
    format: text({ summary: 'What to print', options: ['text', 'json'], default: 'text' }),
    json,
  }

  async run(): Promise<number> {
    const { flags, argv } = await this.parse(Remove)
    const { out, err } = this.context
    if (argv.some((word) => String(word).trim() === '')) this.error('a target must not be empty', { exit: EXIT.usage })
    const { ports, end } = this.removalPorts(flags, await findHandOff(this.context))
    const result = await runRemove(ports, {
      targets: argv as string[],
      force: flags.force,
      forceDelete: flags['force-delete'],
      deleteBranch: flags['delete-branch'],
      foreground: flags.foreground,
      reap: flags.reap,
      dryRun: flags['dry-run'],
    })
    end()
    const shown = renderRemove(result, { out: out.style, err: err.style })
    this.show(wantsJson(flags) ? { ...shown, answer: renderJson(removeJson(result)) } : shown)
    if (result.interrupted !== undefined) throw result.interrupted
    return removeFailed(result) ? EXIT.failed : EXIT.done
  }
}
