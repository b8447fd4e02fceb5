import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { renderNotes } from '../../render/settings/notes.ts'
import { importConfig } from '../../settings/config/import.ts'

export default class Import extends BaseCommand {
  static override summary = 'Copy the configuration and the state of branches that Worktrunk has kept'
  static override description = 'What is there already stays as it is, here and there. Approvals are not copied.'
  static override examples = ['wt config import --dry-run', 'wt config import']
  static override flags = { 'dry-run': boolean({ summary: 'Say what would be copied, and copy nothing' }) }

  async run(): Promise<void> {
    const { flags } = await this.parse(Import)
    const { err } = this.context
    err.write(renderNotes(await importConfig(this.place(flags), { dryRun: flags['dry-run'] }), err.style))
  }
}
