import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT } from '../../cli/exit-codes.ts'
import { format, json, wantsJson } from '../../cli/flags.ts'
import { renderJson } from '../../render/json.ts'
import { configFailed, renderConfig } from '../../render/settings/config.ts'
import { configJson } from '../../render/settings/config-json.ts'
import { showConfig } from '../../settings/config/show.ts'

export default class Show extends BaseCommand {
  static override summary = 'Every file of configuration, every value in force, and where it comes from'
  static override description = 'Leaves with 1 when something in it can’t be used. Keys that nobody knows are warnings.'
  static override examples = ['wt config show', 'wt config show --json']
  static override flags = { format, json }

  async run(): Promise<number> {
    const { flags } = await this.parse(Show)
    const { out } = this.context
    const report = await showConfig(this.place(flags))
    out.write(wantsJson(flags) ? renderJson(configJson(report)) : renderConfig(report, out.style))
    return configFailed(report) ? EXIT.failed : EXIT.done
  }
}
