import { string } from '@oclif/core/args'
import type { BranchName } from '../core/ids.ts'
import { renderJson } from '../render/json.ts'
import { renderNotes } from '../render/settings/notes.ts'
import type { Note } from '../settings/state/result.ts'
import { BaseCommand } from './base-command.ts'
import { format, json, usageError, wantsJson } from './flags.ts'

type Ports = ReturnType<BaseCommand['place']>

/** A branch that is kept about the repository. */
export interface KeptBranch {
  /** Its name in JSON. */
  readonly key: string
  readonly get: (ports: Ports) => Promise<BranchName | undefined>
  readonly set: (ports: Ports, branch: BranchName) => Promise<readonly Note[]>
  readonly clear: (ports: Ports) => Promise<readonly Note[]>
}

/** What the commands for a branch that is kept have in common. */
export abstract class KeptBranchCommand extends BaseCommand {
  static override args = {
    action: string({ description: 'what to do', options: ['get', 'set', 'clear'], default: 'get' }),
    branch: string({ description: 'the branch to set' }),
  }
  static override flags = { format, json }
  protected abstract readonly kept: KeptBranch

  async run(): Promise<void> {
    const { args, flags } = await this.parse(KeptBranchCommand)
    const { action, branch } = args
    if (action !== 'get' && (flags.json || flags.format !== undefined)) throw usageError('only get prints JSON')
    if (action === 'set' ? !branch?.trim() : branch !== undefined) {
      throw usageError(action === 'set' ? 'set needs a branch' : `${action} takes no branch`)
    }
    const { key, get, set, clear } = this.kept
    const ports = this.place(flags)
    const { out, err } = this.context
    if (action === 'get') {
      const found = await get(ports)
      return wantsJson(flags) ? out.write(renderJson({ [key]: found ?? null })) : this.print(`${found ?? ''}\n`)
    }
    const notes = branch === undefined ? await clear(ports) : await set(ports, branch as BranchName)
    err.write(renderNotes(notes, err.style))
  }
}
