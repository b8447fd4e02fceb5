import { boolean } from '@oclif/core/flags'
import type { HandOff } from '../host/hand-off.ts'
import { message } from '../render/message.ts'
import { BaseCommand } from './base-command.ts'
import { hookVoice } from './hook-ports.ts'
import { openProgress } from './progress.ts'

interface Flags {
  readonly yes: boolean
  readonly 'no-hooks': boolean
  readonly 'no-verify': boolean
}

/** What the commands that remove worktrees have in common. */
export abstract class RemovalCommand extends BaseCommand {
  static hookFlags = {
    'no-hooks': boolean({ summary: 'Run no hooks' }),
    'no-verify': boolean({ hidden: true }),
  }

  /** What they work with, and what ends the line that tells how far they are. */
  protected removalPorts(flags: Parameters<BaseCommand['place']>[0] & Flags, handOff: HandOff) {
    const { err, program, startedIn } = this.context
    const { commandLine: command } = this
    const place = this.place(flags)
    if (flags['no-verify']) err.write(`${message('warning', '--no-verify is now called --no-hooks', err.style)}\n`)
    const { show, end } = openProgress(err)
    const voice = hookVoice(this.context, place, { yes: flags.yes, words: command, confirm: this.confirm })
    const hooks = flags['no-hooks'] || flags['no-verify'] ? undefined : voice
    return { ports: { ...place, startedIn, command, handOff, program, progress: show, hooks }, end }
  }
}
