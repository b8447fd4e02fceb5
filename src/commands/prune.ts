import { boolean, string } from '@oclif/core/flags'
import { EXIT } from '../cli/exit-codes.ts'
import { json, wantsJson } from '../cli/flags.ts'
import { RemovalCommand } from '../cli/removal-command.ts'
import { parseDuration } from '../core/duration.ts'
import { WtError } from '../core/errors.ts'
import { renderJson } from '../render/json.ts'
import { pruneJson, renderPrune } from '../render/prune.ts'
import { removeFailed } from '../render/remove-json.ts'
import { findHandOff } from '../shell/hand-off.ts'
import { runPrune } from '../worktree/prune/run.ts'

const ageOf = (text: string): number => {
  const age = parseDuration(text)
  if (age !== undefined) return age
  throw new WtError('FLAG_INVALID', `--min-age ${text} is no time span`, {
    hint: 'such as 0s, 12h, 1d or 2w',
    exitCode: EXIT.usage,
  })
}

export default class Prune extends RemovalCommand {
  static override summary = 'Remove every worktree and branch whose work is elsewhere'
  static override description =
    'Judged as wt remove judges. What has changes, is locked or is not merged stays, and so does the default branch.'
  static override examples = ['wt prune --dry-run', 'wt prune --min-age 2w']
  static override flags = {
    'dry-run': boolean({ summary: 'Show what would be removed, and do nothing' }),
    'min-age': string({ summary: 'Leave what has not been there that long', default: '1d', helpValue: '<duration>' }),
    foreground: boolean({ summary: 'Come back when the files are gone' }),
    ...RemovalCommand.hookFlags,
    format: string({ summary: 'What to print', options: ['text', 'json'], default: 'text' }),
    json,
  }

  async run(): Promise<number> {
    const { flags } = await this.parse(Prune)
    const { out, err } = this.context
    const minAge = ageOf(flags['min-age'])
    const { ports, end } = this.removalPorts(flags, await findHandOff(this.context))
    const options = { minAge, foreground: flags.foreground, dryRun: flags['dry-run'] }
    const result = await runPrune(ports, options)
    end()
    const shown = renderPrune(result, { out: out.style, err: err.style, age: flags['min-age'] })
    this.show(wantsJson(flags) ? { ...shown, answer: renderJson(pruneJson(result)) } : shown)
    if (result.removed?.interrupted !== undefined) throw result.removed.interrupted
    return result.removed !== undefined && removeFailed(result.removed) ? EXIT.failed : EXIT.done
  }
}
