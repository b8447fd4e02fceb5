import { string } from '@oclif/core/args'
import { BaseCommand } from '../cli/base-command.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { runDrain } from '../worktree/remove/drain.ts'

/** Run by `wt remove` in the background: see docs/decisions/0015-trash.md. */
export default class DrainTrash extends BaseCommand {
  static override hidden = true
  static override summary = 'Empty the trash of a repository (wt itself runs this)'
  static override args = { repository: string({ description: 'the common git directory', required: true }) }

  async run(): Promise<void> {
    const { args } = await this.parse(DrainTrash)
    await runDrain(args.repository as AbsolutePath, this.context.now)
  }
}
