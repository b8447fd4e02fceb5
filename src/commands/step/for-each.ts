import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT } from '../../cli/exit-codes.ts'
import { json, textFormat, wantsJson } from '../../cli/flags.ts'
import { splitTrailing, trailingCommand } from '../../cli/trailing.ts'
import { renderJson } from '../../render/json.ts'
import { forEachFailed, forEachJson, renderForEach, renderForEachEvent } from '../../render/step/for-each.ts'
import { runForEach } from '../../worktree/for-each/run.ts'

export default class ForEach extends BaseCommand {
  static override summary = 'Run a program in one worktree after the other'
  static override description =
    'What follows -- is the program and its words; each is a template. No shell reads them. The variables are on its standard input, as JSON.'
  static override examples = ['wt step for-each -- git status --short', "wt step for-each -- echo '{{ branch }}'"]
  static override usage = 'step for-each [--json] -- <program> [words…]'
  static override flags = { format: textFormat, json }

  async run(): Promise<number> {
    const { own, trailing } = splitTrailing(this.argv)
    const { flags } = await this.parse(ForEach, own)
    const command = trailingCommand(trailing, 'wt step for-each -- <program>')
    const { err } = this.context
    const say = (event: Parameters<typeof renderForEachEvent>[0]) => err.write(renderForEachEvent(event, err.style))
    const result = await runForEach({ ...this.place(flags), say }, command)
    const answer = wantsJson(flags) ? renderJson(forEachJson(result)) : ''
    this.show({ answer, narration: renderForEach(result, err.style) })
    return result.stopped ?? (forEachFailed(result) ? EXIT.failed : EXIT.done)
  }
}
