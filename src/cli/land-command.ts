import { renderLanded } from '../render/land/answer.ts'
import { renderNote } from '../render/land/note.ts'
import { BaseCommand } from './base-command.ts'
import { EXIT } from './exit-codes.ts'
import { wantsJson } from './flags.ts'
import { type HookVoice, hookVoice } from './hook-ports.ts'

type Flags = Parameters<BaseCommand['place']>[0] & {
  readonly json: boolean
  readonly format: string
  readonly yes: boolean
}

interface Told {
  /** The command line, for the journal. */
  readonly command: readonly string[]
  readonly say: (note: Parameters<typeof renderNote>[0]) => void
}

/** What the commands that land work have in common: they tell what happens as it happens, and answer once. */
export abstract class LandCommand extends BaseCommand {
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
