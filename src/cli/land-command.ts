import { boolean } from '@oclif/core/flags'
import type { InferredFlags, ParserOutput } from '@oclif/core/interfaces'
import { renderLanded } from '../render/land/answer.ts'
import { renderNote } from '../render/land/note.ts'
import { message } from '../render/message.ts'
import { BaseCommand } from './base-command.ts'
import { EXIT } from './exit-codes.ts'
import { json, stage, textFormat, wantsJson } from './flags.ts'
import { type HookVoice, hookVoice } from './hook-ports.ts'

type Flags = Parameters<BaseCommand['place']>[0] & {
  readonly json: boolean
  readonly format: string
  readonly yes: boolean
}

type MessageFlags = Flags & InferredFlags<typeof LandCommand.messageFlags>

const RENAMED = '--no-verify is now called --no-hooks'

interface Told {
  /** The command line, for the journal. */
  readonly command: readonly string[]
  readonly say: (note: Parameters<typeof renderNote>[0]) => void
}

/** What the commands that land work have in common: they tell what happens as it happens, and answer once. */
export abstract class LandCommand extends BaseCommand {
  static hookFlags = {
    hooks: boolean({ summary: 'Run hooks', allowNo: true }),
    verify: boolean({ summary: 'The same as --hooks', allowNo: true, hidden: true }),
  }

  /** Of the steps that make a commit with a message of its own. */
  static messageFlags = {
    stage,
    'dry-run': boolean({ summary: 'Show what would be committed, and do nothing', exclusive: ['show-prompt'] }),
    'show-prompt': boolean({ summary: 'Print what the message would be asked with' }),
    ...LandCommand.hookFlags,
    format: textFormat,
    json,
  }

  protected ports(flags: Flags): ReturnType<BaseCommand['place']> & Told {
    const { err } = this.context
    return {
      ...this.place(flags),
      command: this.commandLine,
      say: (note) => void err.write(renderNote(note, err.style)),
    }
  }

  /** How hooks speak and ask. */
  protected voice(flags: Flags): HookVoice {
    const { commandLine: words, confirm } = this
    return hookVoice(this.context, this.place(flags), { yes: flags.yes, words, confirm })
  }

  /** What `messageFlags` ask for. */
  protected messageOptions(flags: MessageFlags, raw: ParserOutput['raw']) {
    const { stage, 'dry-run': dryRun, 'show-prompt': promptOnly } = flags
    return { stage, dryRun, promptOnly, json: wantsJson(flags), verify: this.wantsHooks(raw) !== false }
  }

  /** Whether hooks run; of both spellings, what stands last counts. Undefined where nothing is said. */
  protected wantsHooks(raw: ParserOutput['raw']): boolean | undefined {
    const last = raw.findLast((token) => token.type === 'flag' && (token.flag === 'hooks' || token.flag === 'verify'))
    const { err } = this.context
    if (last?.input === '--no-verify') err.write(`${message('warning', RENAMED, err.style)}\n`)
    return last && !last.input.startsWith('--no-')
  }

  /** Shows what has come of it. Returns what to leave with. */
  protected answer<Outcome>(
    landed: Parameters<typeof renderLanded<Outcome>>[0],
    toJson: (outcome: Outcome) => unknown,
    flags: Flags,
  ): number {
    const { out, err } = this.context
    const text = renderLanded(landed, wantsJson(flags) ? toJson : undefined, { out: out.style, err: err.style })
    this.show(text)
    return text.failed ? EXIT.failed : EXIT.done
  }
}
