import { boolean, string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT } from '../../cli/exit-codes.ts'
import { json, textFormat, wantsJson } from '../../cli/flags.ts'
import { renderJson } from '../../render/json.ts'
import { copyIgnoredJson, renderCopyIgnored } from '../../render/step/copy-ignored.ts'
import { runCopyIgnored } from '../../worktree/copy-ignored/run.ts'

export default class CopyIgnored extends BaseCommand {
  static override summary = 'Copy what git ignores from another worktree: dependencies, build output, local settings'
  static override description =
    'A .worktreeinclude in the source says, in the language of .gitignore, which ignored files are worth copying; without it all are.'
  static override examples = ['wt step copy-ignored', 'wt step copy-ignored --from main --to feature --dry-run']
  static override flags = {
    from: string({ summary: 'Copy from this worktree (default: the primary one)', helpValue: '<worktree>' }),
    to: string({ summary: 'Copy to this worktree (default: the one at hand)', helpValue: '<worktree>' }),
    force: boolean({ summary: 'Replace files that are there; tracked ones stay' }),
    'require-include': boolean({ summary: 'Copy nothing where there is no .worktreeinclude' }),
    'dry-run': boolean({ summary: 'Show what would be copied, and do nothing' }),
    format: textFormat,
    json,
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(CopyIgnored)
    const result = await runCopyIgnored(this.place(flags), {
      from: flags.from,
      to: flags.to,
      dryRun: flags['dry-run'],
      force: flags.force,
      requireInclude: flags['require-include'],
    })
    const text = renderCopyIgnored(result, this.context.err.style)
    this.show(wantsJson(flags) ? { ...text, answer: renderJson(copyIgnoredJson(result)) } : text)
    return result.kind === 'copied' && result.failures.length > 0 ? EXIT.failed : EXIT.done
  }
}
