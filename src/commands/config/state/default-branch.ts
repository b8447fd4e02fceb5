import { string } from '@oclif/core/args'
import { BaseCommand } from '../../../cli/base-command.ts'
import { format, json, usageError, wantsJson } from '../../../cli/flags.ts'
import type { BranchName } from '../../../core/ids.ts'
import { renderJson } from '../../../render/json.ts'
import { renderNotes } from '../../../render/settings/notes.ts'
import { clearDefaultBranch, getDefaultBranch, setDefaultBranch } from '../../../settings/state/remembered.ts'

export default class DefaultBranch extends BaseCommand {
  static override summary = 'The branch that others are measured against: find it, set it, forget it'
  static override examples = ['wt config state default-branch', 'wt config state default-branch set trunk']
  static override args = {
    action: string({ description: 'what to do', options: ['get', 'set', 'clear'], default: 'get' }),
    branch: string({ description: 'the branch to set' }),
  }
  static override flags = { format, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(DefaultBranch)
    const { action, branch } = args
    if (action !== 'get' && (flags.json || flags.format !== undefined)) throw usageError('only get prints JSON')
    if (action === 'set' ? !branch?.trim() : branch !== undefined) {
      throw usageError(action === 'set' ? 'set needs a branch' : `${action} takes no branch`)
    }
    const ports = this.place(flags)
    const { out, err } = this.context
    if (action === 'get') {
      const found = await getDefaultBranch(ports)
      if (wantsJson(flags)) out.write(renderJson({ default_branch: found }))
      else this.print(`${found}\n`)
      return
    }
    const notes =
      branch === undefined ? await clearDefaultBranch(ports) : await setDefaultBranch(ports, branch as BranchName)
    err.write(renderNotes(notes, err.style))
  }
}
