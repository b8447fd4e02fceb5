import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { format, json, usageError, wantsJson } from '../../../cli/flags.ts'
import { renderJson } from '../../../render/json.ts'
import { renderNotes } from '../../../render/settings/notes.ts'
import { renderCache } from '../../../render/settings/state.ts'
import { cacheJson } from '../../../render/settings/state-json.ts'
import { clearCacheState, getCache } from '../../../settings/state/everything.ts'

export default class Cache extends BaseCommand {
  static override summary = 'What can be found again: show it, clear it'
  static override description = 'Markers, variables, the default branch and logs stay.'
  static override examples = ['wt config state cache', 'wt config state cache clear']
  static override args = { action: string({ description: 'what to do', options: ['get', 'clear'], default: 'get' }) }
  static override flags = { format, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Cache)
    if (args.action === 'clear' && (flags.json || flags.format !== undefined)) throw usageError('only get prints JSON')
    const ports = this.place(flags)
    const { out, err } = this.context
    if (args.action === 'clear') return err.write(renderNotes(await clearCacheState(ports), err.style))
    const cache = await getCache(ports)
    out.write(wantsJson(flags) ? renderJson(cacheJson(cache)) : renderCache(cache, out.style))
  }
}
