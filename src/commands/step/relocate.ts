import { string as text } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT } from '../../cli/exit-codes.ts'
import { json, textFormat, wantsJson } from '../../cli/flags.ts'
import { renderJson } from '../../render/json.ts'
import { relocateJson, renderRelocate } from '../../render/step/relocate.ts'
import { runRelocate } from '../../worktree/relocate/run.ts'

export default class Relocate extends BaseCommand {
  static override summary = 'Move worktrees to where their branches belong by worktree-path'
  static override examples = ['wt step relocate --dry-run', 'wt step relocate feature']
  static override strict = false
  static override args = { branch: text({ description: 'only the worktree of this branch; several may follow' }) }
  static override flags = {
    commit: boolean({ summary: 'Commit everything in a worktree before it moves', default: false }),
    clobber: boolean({ summary: 'Set aside, under another name, what is in the way', default: false }),
    'dry-run': boolean({ summary: 'Show what would be moved, and do nothing', default: false }),
    format: textFormat,
    json,
  }

  async run(): Promise<number> {
    const { flags, argv } = await this.parse(Relocate)
    const ports = {
      ...this.place(flags),
      startedIn: this.context.startedIn,
      command: this.commandLine,
    }
    const { commit, clobber, 'dry-run': dryRun } = flags
    const result = await runRelocate(ports, { targets: argv as string[], commit, clobber, dryRun })
    const shown = renderRelocate(result, this.context.err.style)
    this.show(wantsJson(flags) ? { ...shown, answer: renderJson(relocateJson(result)) } : shown)
    return result.failure === undefined ? EXIT.done : EXIT.failed
  }
}
