import { boolean, string } from '@oclif/core/flags'
import { BaseCommand } from '../cli/base-command.ts'
import { json, wantsJson } from '../cli/flags.ts'
import { keepPromptLines } from '../git/prompt-file.ts'
import { openPainter } from '../host/painter.ts'
import { renderJson } from '../render/json.ts'
import { renderFrame } from '../render/list/frame.ts'
import { toListJson } from '../render/list/json.ts'
import { promptLines } from '../render/list/prompt.ts'
import { renderList } from '../render/list/table.ts'
import { runList } from '../worktree/list/run.ts'

export default class List extends BaseCommand {
  static override summary = 'Show the worktrees, what is going on in each, and what is safe to delete'
  static override examples = ['wt list', 'wt list --branches', 'wt list --json']
  static override flags = {
    branches: boolean({ summary: 'Add local branches that have no worktree' }),
    remotes: boolean({ summary: 'Add remote branches that no local branch tracks' }),
    full: boolean({ summary: 'Collect everything, however long it takes' }),
    progressive: boolean({ summary: 'Fill the table as answers come in (default: on a terminal)', allowNo: true }),
    format: string({ summary: 'What to print', options: ['table', 'json'], default: 'table' }),
    json,
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(List)
    const { out, err, now } = this.context
    const began = now()
    const asJson = wantsJson(flags)
    const live = !asJson && (flags.progressive ?? out.terminal) && out.terminal
    const painter = live ? openPainter(out) : undefined
    const { rows = 24, columns = 80, style } = out
    const options = { branches: flags.branches, remotes: flags.remotes, full: flags.full, table: !asJson }
    const result = await runList(this.place(flags, { recover: true }), options, (partial) => {
      painter?.paint(() => renderFrame(partial(), { rows, columns, style }))
    })
    painter?.clear()
    const narration = { width: err.columns, style: err.style }
    const table = renderList(result, { width: out.columns, style, final: true, narration })
    this.show(asJson ? { ...table, answer: renderJson(toListJson(result)) } : table)
    keepPromptLines(promptLines(result), began)
  }
}
