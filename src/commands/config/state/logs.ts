import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { format, json, usageError, wantsJson } from '../../../cli/flags.ts'
import { renderJson } from '../../../render/json.ts'
import { renderNotes } from '../../../render/settings/notes.ts'
import { renderLogs } from '../../../render/settings/state.ts'
import { logsJson } from '../../../render/settings/state-json.ts'
import { clearLogFiles, getLogs } from '../../../settings/state/logs.ts'

export default class Logs extends BaseCommand {
  static override summary = 'The logs of hooks and of background work: list them, delete them'
  static override examples = ['wt config state logs', 'wt config state logs --json', 'wt config state logs clear']
  static override args = { action: string({ description: 'what to do', options: ['get', 'clear'], default: 'get' }) }
  static override flags = { format, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Logs)
    if (args.action === 'clear' && (flags.json || flags.format !== undefined)) throw usageError('only get prints JSON')
    const ports = this.place(flags)
    const { out, err, now } = this.context
    if (args.action === 'clear') return err.write(renderNotes(clearLogFiles(ports), err.style))
    const logs = await getLogs(ports)
    out.write(wantsJson(flags) ? renderJson(logsJson(logs)) : renderLogs(logs, { style: out.style, now: now() }))
  }
}
