import { BaseCommand } from '../../../cli/base-command.ts'
import { keepNames } from '../../../shell/completion/name-lines.ts'
import { findNames } from '../../../shell/completion/names.ts'

/** What completion asks for names of the configuration (docs/decisions/0019-names-for-completion.md). */
export default class Names extends BaseCommand {
  static override summary = 'Print the names of aliases and hooks for completion, and keep them'
  static override hidden = true

  async run(): Promise<void> {
    const { flags } = await this.parse(Names)
    const { env, home, out } = this.context
    const place = { env, home, cwd: this.place(flags).cwd }
    out.write(keepNames(await findNames(place, await this.specs()), env))
  }
}
