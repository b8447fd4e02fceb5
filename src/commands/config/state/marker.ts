import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { branch, format, json, usageError, wantsJson } from '../../../cli/flags.ts'
import { renderJson } from '../../../render/json.ts'
import { renderNotes } from '../../../render/settings/notes.ts'
import { markerJson } from '../../../render/settings/state-json.ts'
import { clearMarker, clearMarkers, getMarker, setMarker } from '../../../settings/state/marker.ts'

export default class Marker extends BaseCommand {
  static override summary = 'The sign on a branch that the list shows: read it, set it, take it away'
  static override description =
    'Outside of a repository set and clear do nothing, so that an agent can call them at every turn.'
  static override examples = [
    'wt config state marker set 🤖',
    'wt config state marker clear --branch feature',
    'wt config state marker clear --all',
  ]
  static override args = {
    action: string({ description: 'what to do', options: ['get', 'set', 'clear'], default: 'get' }),
    value: string({ description: 'the marker to set' }),
  }
  static override flags = { branch, all: boolean({ summary: 'Clear the markers of all branches' }), format, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Marker)
    const { action, value } = args
    const asJson = flags.json || flags.format !== undefined
    if (action !== 'get' && asJson) throw usageError(`${action} prints nothing that could be JSON`)
    if ((action === 'set') !== (value !== undefined)) {
      throw usageError(action === 'set' ? 'set needs a marker' : `${action} takes no marker`)
    }
    if (flags.all && (action !== 'clear' || flags.branch !== undefined)) {
      throw usageError('--all goes with clear, and without --branch')
    }
    const ports = this.place(flags)
    const { out, err } = this.context
    if (action === 'get') {
      const marker = await getMarker(ports, flags.branch)
      if (wantsJson(flags)) out.write(renderJson(markerJson(marker)))
      else this.print(`${marker?.text ?? ''}\n`)
      return
    }
    const notes =
      value !== undefined
        ? await setMarker(ports, flags.branch, value)
        : flags.all
          ? await clearMarkers(ports)
          : await clearMarker(ports, flags.branch)
    err.write(renderNotes(notes, err.style))
  }
}
