import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { EXIT } from '../cli/exit-codes.ts'
import { json } from '../cli/flags.ts'
import type { BranchName } from '../core/ids.ts'
import { renderJson } from '../render/json.ts'
import { removeFailed, removeJson, renderRemove } from '../render/remove.ts'
import { runRemove } from '../worktree/remove/run.ts'

export default class Remove extends BaseCommand {
  static override summary = 'Delete branches whose work is elsewhere, proven again by git as they go'
  static override description = 'For now only branches without a worktree; remove a worktree with git worktree remove.'
  static override examples = ['wt remove done', 'wt remove done other --dry-run']
  static override strict = false
  static override args = { branch: string({ description: 'branch to delete; several may follow', required: true }) }
  static override completes = { branch: 'local-branch' } as const
  static override flags = {
    'force-delete': boolean({ char: 'D', summary: 'Delete the branch even if its work is nowhere else' }),
    'dry-run': boolean({ summary: 'Show what would be done, and do nothing' }),
    json,
  }

  async run(): Promise<number> {
    const { flags, argv } = await this.parse(Remove)
    const { out, err } = this.context
    const result = await runRemove(
      { ...this.place(flags), command: ['wt', 'remove', ...this.argv] },
      { branches: argv as BranchName[], force: flags['force-delete'], dryRun: flags['dry-run'] },
    )
    const text = renderRemove(result, out.style, err.style)
    this.show(flags.json ? { ...text, answer: renderJson(removeJson(result)) } : text)
    return removeFailed(result) ? EXIT.failed : EXIT.done
  }
}
