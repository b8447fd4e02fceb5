import { boolean, string } from '@oclif/core/flags'
import { BaseCommand } from '../../cli/base-command.ts'
import { json } from '../../cli/flags.ts'
import { WtError } from '../../core/errors.ts'
import { emptyPromptLine, keepPromptLines } from '../../git/prompt-file.ts'
import { renderJson } from '../../render/json.ts'
import { renderClaudeStatusline } from '../../render/list/claude.ts'
import { parseClaudeInput } from '../../render/list/claude-input.ts'
import { toListJson } from '../../render/list/json.ts'
import { promptLines } from '../../render/list/prompt.ts'
import { renderStatusline } from '../../render/list/statusline.ts'
import { makeStyle } from '../../render/style.ts'
import type { ListResult } from '../../worktree/list/result.ts'
import { runList } from '../../worktree/list/run.ts'

/** Outside a repository there is nothing to say, which is no failure for a prompt. */
const orNothing = (error: unknown): undefined => {
  if (error instanceof WtError && (error.code === 'NOT_A_REPOSITORY' || error.code === 'DIRECTORY_GONE'))
    return undefined
  throw error
}

export default class Statusline extends BaseCommand {
  static override summary = 'Describe the worktree at hand on one line, for a prompt or an editor'
  static override flags = {
    format: string({ summary: 'What to print', options: ['table', 'json', 'claude-code'], default: 'table' }),
    json,
    prompt: boolean({ summary: 'Keep the line for the prompts of shells, and print nothing', hidden: true }),
  }

  async run(): Promise<void> {
    const { flags } = await this.parse(Statusline)
    const format = flags.json ? 'json' : flags.format
    const { out, env, home, now, input } = this.context
    const began = now()
    const session = format === 'claude-code' ? parseClaudeInput(await input()) : undefined
    const place = { ...flags, directory: flags.directory ?? session?.directory }
    const options = { branches: false, remotes: false, full: false, currentOnly: true }
    const listing = async (): Promise<ListResult> => await runList(this.place(place), options)
    if (format === 'json') return out.write(renderJson(toListJson(await listing())))
    const result = await listing().catch(orNothing)
    const row = result?.rows[0]
    if (flags.prompt) {
      if (result === undefined) return
      const lines = row === undefined ? [emptyPromptLine(this.place(place).cwd, env)] : promptLines(result)
      return keepPromptLines(lines, began, { create: true })
    }
    // A prompt's line is captured, not shown: only NO_COLOR says that colours are not wanted.
    const style = makeStyle(!env['NO_COLOR'])
    const line =
      session !== undefined
        ? renderClaudeStatusline(session, row, { style, width: out.columns, home, now: now() })
        : row === undefined
          ? ''
          : renderStatusline(row, { style, width: out.columns })
    if (line !== '') out.write(`${line}\n`)
    if (result !== undefined) keepPromptLines(promptLines(result), began)
  }
}
