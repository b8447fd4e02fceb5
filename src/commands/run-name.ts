import { BaseCommand } from '../cli/base-command.ts'
import { EXIT } from '../cli/exit-codes.ts'
import { hookVoice } from '../cli/hook-ports.ts'
import { unknownCommand } from '../cli/unknown-command.ts'
import { WtError } from '../core/errors.ts'
import { runAlias } from '../hooks/alias.ts'
import { loadAliases, namesOf } from '../hooks/alias-names.ts'
import { findExternal, runExternal } from '../hooks/external.ts'
import { renderAlias } from '../render/alias.ts'
import { message } from '../render/message.ts'

export default class RunName extends BaseCommand {
  static override summary = 'Run what is no command of wt itself: an alias, or a program wt-NAME'
  static override hidden = true
  static override strict = false

  async run(): Promise<number> {
    const at = this.argv.indexOf('--')
    const [group, name = '', ...words] = this.argv.slice(at + 1)
    const { flags } = await this.parse(RunName, this.argv.slice(0, at))
    const { out, err, startedIn } = this.context
    const place = this.place(flags)
    const loaded = await loadAliases(place)
    const { warnings, outside } = loaded
    const names = namesOf(loaded)
    const warn = (text: string): void => err.write(`${message('warning', text, err.style)}\n`)
    if (names.has(name)) {
      if (outside !== undefined)
        throw new WtError('NOT_A_REPOSITORY', `${name} is an alias, and runs in a worktree: ${outside.message}`, {
          hint: `to run it in one: wt -C <path> ${name}`,
        })
      const typed = ['wt', ...(group ? [group] : []), name, ...words]
      const voice = hookVoice(this.context, place, { yes: flags.yes, words: typed, confirm: this.confirm })
      const outcome = await runAlias({ ...place, ...voice, warn }, name, words)
      if (outcome.kind === 'described') out.write(renderAlias(name, outcome.commands, out.style))
      if (outcome.kind === 'declined') err.write(`${message('info', `${name} was not run`, err.style)}\n`)
      return outcome.kind === 'ran' ? outcome.code : EXIT.done
    }
    const program = group ? undefined : findExternal(name, place.env)
    if (program !== undefined) return runExternal(program, words, { ...place, shellCwd: startedIn })
    for (const text of warnings) warn(text)
    throw unknownCommand(group ?? '', name, names, await this.specs())
  }
}
