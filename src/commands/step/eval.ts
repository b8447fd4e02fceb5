import { string as text } from '@oclif/core/args'
import { BaseCommand } from '../../cli/base-command.ts'
import { json, textFormat, wantsJson } from '../../cli/flags.ts'
import { renderJson } from '../../render/json.ts'
import { evalJson, narrateEval } from '../../render/step/eval.ts'
import { runEval } from '../../worktree/eval/run.ts'

export default class Eval extends BaseCommand {
  static override summary = 'Print what a template says about the worktree at hand'
  static override examples = [
    "wt step eval '{{ branch | sanitize }}'",
    "PORT=$(wt step eval '{{ branch | hash_port }}')",
  ]
  static override args = { template: text({ description: 'template text', required: true }) }
  static override flags = { format: textFormat, json }

  async run(): Promise<void> {
    const { flags, args } = await this.parse(Eval)
    const { verbose = false, err } = this.context
    const result = await runEval(this.place(flags), args.template, { all: verbose })
    this.show({
      answer: wantsJson(flags) ? renderJson(evalJson(result)) : `${result.text}\n`,
      narration: verbose ? narrateEval(result, err.style) : '',
    })
  }
}
