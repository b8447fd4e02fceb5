import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT } from '../../cli/exit-codes.ts'
import { format, json, wantsJson } from '../../cli/flags.ts'
import { renderJson } from '../../render/json.ts'
import { renderValues } from '../../render/settings/config.ts'
import { rowsJson } from '../../render/settings/config-json.ts'
import { getConfig } from '../../settings/config/show.ts'

export default class Get extends BaseCommand {
  static override summary = 'One value of the configuration as it is in force, or all below a key'
  static override description = 'Leaves with 1 and prints nothing when the key is not set and has no default.'
  static override examples = ['wt config get worktree-path --show-origin', 'wt config get list']
  static override args = { key: string({ description: 'a key, as TOML writes it', required: true }) }
  static override flags = { 'show-origin': boolean({ summary: 'Say where each value comes from' }), format, json }

  async run(): Promise<number> {
    const { args, flags } = await this.parse(Get)
    const { out, home } = this.context
    const { rows, exact } = await getConfig(this.place(flags), args.key)
    if (wantsJson(flags)) out.write(renderJson(rowsJson(rows)))
    else this.print(renderValues(rows, { exact, origins: flags['show-origin'], home }))
    return rows.length === 0 ? EXIT.failed : EXIT.done
  }
}
