import { string } from '@oclif/core/args'
import { BaseCommand } from '../cli/base-command.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { runDrain } from '../worktree/remove/drain.ts'

/** Run by `wt remove` in the background: see docs/decisions/0015-trash.md. */
export default class DrainTrash extends BaseCommand {
  static override hidden = true
  static override summary = 'Empty the trash of a repository (wt itself runs this)'
  static override strict = false
  static override args = { repository: string({ description: 'the common git directory', required: true }) }

  async run(): Promise<void> {
    const { argv } = await this.parse(DrainTrash)
    const [commonDir, ...placeholders] = argv as AbsolutePath[]
    if (commonDir !== undefined) await runDrain({ commonDir, placeholders, now: this.context.now })
  }
}
