import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { format, json, usageError, wantsJson } from '../../../cli/flags.ts'
import { renderJson } from '../../../render/json.ts'
import { renderNotes } from '../../../render/settings/notes.ts'
import { clearHints, getHints } from '../../../settings/state/remembered.ts'

export default class Hints extends BaseCommand {
  static override summary = 'The hints that are shown once: which have been shown, and show them again'
  static override examples = ['wt config state hints', 'wt config state hints clear']
  static override args = {
    action: string({ description: 'what to do', options: ['get', 'clear'], default: 'get' }),
    name: string({ description: 'the hint to show again (default: all)' }),
  }
  static override flags = { format, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Hints)
    if (args.action === 'get' && args.name !== undefined) throw usageError('get takes no name')
    if (args.action === 'clear' && (flags.json || flags.format !== undefined)) throw usageError('only get prints JSON')
    const ports = this.place(flags)
    const { out, err } = this.context
    if (args.action === 'clear') return err.write(renderNotes(await clearHints(ports, args.name), err.style))
    const hints = await getHints(ports)
    if (wantsJson(flags)) out.write(renderJson(hints))
    else if (hints.length > 0) this.print(hints.map((name) => `${name}\n`).join(''))
  }
}
