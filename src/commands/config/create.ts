import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { renderNotes } from '../../render/settings/notes.ts'
import { createConfig } from '../../settings/config/create.ts'

export default class Create extends BaseCommand {
  static override summary = 'Make a file of configuration in which everything is explained and nothing is set'
  static override examples = ['wt config create', 'wt config create --project']
  static override flags = {
    project: boolean({ summary: 'Make the project’s file, .config/wt.toml in the worktree' }),
    'dry-run': boolean({ summary: 'Say which file would be made, and make none' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Create)
    const { err } = this.context
    const options = { project: flags.project, dryRun: flags['dry-run'] }
    err.write(renderNotes(await createConfig(this.place(flags), options), err.style))
  }
}
