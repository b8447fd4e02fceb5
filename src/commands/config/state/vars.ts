import { string } from '@oclif/core/args'
import { boolean } from '@oclif/core/flags'
import { BaseCommand } from '../../../cli/base-command.ts'
import { branch, format, json, usageError, wantsJson } from '../../../cli/flags.ts'
import { renderJson } from '../../../render/json.ts'
import { renderNotes } from '../../../render/settings/notes.ts'
import { varLines } from '../../../render/settings/state.ts'
import { varsJson } from '../../../render/settings/state-json.ts'
import { clearVar, clearVars, getVar, listVars, setVar } from '../../../settings/state/vars.ts'

export default class Vars extends BaseCommand {
  static override summary = 'Values that you keep on a branch, for templates, columns and scripts'
  static override examples = [
    'wt config state vars set ticket=AB-1',
    'wt config state vars get ticket',
    'wt config state vars list --json',
    'wt config state vars clear --all',
  ]
  static override args = {
    action: string({ description: 'what to do', options: ['list', 'get', 'set', 'clear'], default: 'list' }),
    key: string({ description: 'KEY, or KEY=VALUE to set; a key is letters, digits and hyphens' }),
  }
  static override flags = { branch, all: boolean({ summary: 'Clear all values of the branch' }), format, json }

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Vars)
    const { action, key } = args
    if (action !== 'list' && (flags.json || flags.format !== undefined)) throw usageError('only list prints JSON')
    if (action === 'list' && key !== undefined) throw usageError('list takes no key')
    if (flags.all && (action !== 'clear' || key !== undefined)) throw usageError('--all goes with clear, without a key')
    if (key === undefined && (action === 'get' || action === 'set')) throw usageError(`${action} needs a key`)
    const ports = this.place(flags)
    const { out, err } = this.context
    if (action === 'list') {
      const vars = await listVars(ports, flags.branch)
      if (wantsJson(flags)) return out.write(renderJson(varsJson(vars)))
      return vars.size > 0 ? this.print(varLines(vars)) : undefined
    }
    if (action === 'get') {
      const value = await getVar(ports, flags.branch, key ?? '')
      return value === undefined ? undefined : this.print(`${value}\n`)
    }
    if (action === 'clear') {
      if (key === undefined && !flags.all) throw usageError('clear needs a key, or --all')
      const { branch: of } = flags
      const notes = key === undefined ? await clearVars(ports, of) : await clearVar(ports, of, key)
      return err.write(renderNotes(notes, err.style))
    }
    const [, name, value] = /^([^=]*)=(.*)$/s.exec(key ?? '') ?? []
    if (name === undefined || value === undefined) throw usageError('set takes KEY=VALUE')
    err.write(renderNotes(await setVar(ports, flags.branch, name, value), err.style))
  }
}
