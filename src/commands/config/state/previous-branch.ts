import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { format, json, usageError, wantsJson } from '../../../cli/flags.ts'
import type { BranchName } from '../../../core/ids.ts'
import { renderJson } from '../../../render/json.ts'
import { renderNotes } from '../../../render/settings/notes.ts'
import { clearPrevious, getPrevious, setPrevious } from '../../../settings/state/remembered.ts'

export default class PreviousBranch extends BaseCommand {
  static override summary = 'The branch that - stands for: show it, set it, forget it'
  static override examples = ['wt config state previous-branch', 'wt config state previous-branch set feature']
  static override args = {
    action: string({ description: 'what to do', options: ['get', 'set', 'clear'], default: 'get' }),
    branch: string({ description: 'the branch to set' }),
  }
  static override flags = { format, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(PreviousBranch)
    const { action, branch } = args
    if (action !== 'get' && (flags.json || flags.format !== undefined)) throw usageError('only get prints JSON')
    if (action === 'set' ? !branch?.trim() : branch !== undefined) {
      throw usageError(action === 'set' ? 'set needs a branch' : `${action} takes no branch`)
    }
    const ports = this.place(flags)
    const { out, err } = this.context
    if (action === 'get') {
      const previous = await getPrevious(ports)
      if (wantsJson(flags)) out.write(renderJson({ previous_branch: previous ?? null }))
      else this.print(`${previous ?? ''}\n`)
      return
    }
    const notes = branch === undefined ? await clearPrevious(ports) : await setPrevious(ports, branch as BranchName)
    err.write(renderNotes(notes, err.style))
  }
}
