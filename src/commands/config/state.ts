import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { confirm } from '../../cli/confirm.ts'
import { format, json, usageError, wantsJson } from '../../cli/flags.ts'
import { renderJson } from '../../render/json.ts'
import { message } from '../../render/message.ts'
import { renderNotes } from '../../render/settings/notes.ts'
import { renderEverything } from '../../render/settings/state.ts'
import { everythingJson } from '../../render/settings/state-json.ts'
import { clearEverything, foreseeClearing, getEverything } from '../../settings/state/everything.ts'

export default class State extends BaseCommand {
  static override summary = 'Everything that wt keeps about this repository: show it, clear it'
  static override description = 'To clear is to lose markers and variables. Backups in refs/wt-backup stay.'
  static override examples = ['wt config state', 'wt config state get --json', 'wt config state clear --dry-run']
  static override args = { action: string({ description: 'what to do', options: ['get', 'clear'], default: 'get' }) }
  static override flags = {
    'dry-run': boolean({ summary: 'Show what clear would clear, and do nothing' }),
    format,
    json,
  }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(State)
    if (args.action === 'clear' && (flags.json || flags.format !== undefined)) throw usageError('only get prints JSON')
    if (args.action === 'get' && flags['dry-run']) throw usageError('--dry-run goes with clear')
    const ports = this.place(flags)
    const { out, err, now } = this.context
    if (args.action === 'get') {
      const state = await getEverything(ports)
      const text = renderEverything(state, { style: out.style, now: now() }, err.style)
      return this.show(wantsJson(flags) ? { ...text, answer: renderJson(everythingJson(state)) } : text)
    }
    const lines = await foreseeClearing(ports)
    if (flags['dry-run']) return this.print(lines.map((line) => `${line}\n`).join(''))
    const preview = lines.map((line) => `${message('info', line, err.style)}\n`).join('')
    const sure = flags.yes || (await confirm(this.context, 'Clear all state, markers and variables included?', preview))
    if (sure) return err.write(renderNotes(await clearEverything(ports), err.style))
    err.write(`${message('info', 'nothing was cleared', err.style)}\n`)
    err.write(`${message('hint', 'to clear without being asked: wt config state clear --yes', err.style)}\n`)
  }
}
