import { BaseCommand } from '../../../cli/base-command.ts'
import { gutter, type MessageKind, message } from '../../../render/message.ts'

const SAMPLES: readonly (readonly [MessageKind, string])[] = [
  ['progress', 'progress: something is being done'],
  ['success', 'success: it is done'],
  ['error', 'error: it could not be done'],
  ['warning', 'warning: look at this'],
  ['hint', 'hint: what to type next'],
  ['info', 'info: good to know'],
  ['prompt', 'prompt: your answer [y/N/?]'],
]

export default class ShowTheme extends BaseCommand {
  static override summary = 'Print a sample of each kind of message'

  async run(): Promise<void> {
    await this.parse(ShowTheme)
    const { out } = this.context
    const lines = SAMPLES.map(([kind, text]) => message(kind, text, out.style))
    out.write(`${[...lines, gutter('quoted: what somebody else said', out.style)].join('\n')}\n`)
  }
}
