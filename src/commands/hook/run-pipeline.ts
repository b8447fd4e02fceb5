import { BaseCommand } from '../../cli/base-command.ts'
import { EXIT } from '../../cli/exit-codes.ts'
import { readSpec } from '../../hooks/background.ts'
import { runPipeline } from '../../hooks/pipeline.ts'
import { message } from '../../render/message.ts'

/** What `wt` starts for hooks in the background. What is to be done stands on stdin, as JSON. */
export default class RunPipeline extends BaseCommand {
  static override summary = 'Run the steps of a hook that stand on stdin'
  static override hidden = true

  async run(): Promise<number> {
    await this.parse(RunPipeline)
    const { env, err, input, now } = this.context
    const failure = await runPipeline(readSpec(await input()), env, now)
    if (failure === undefined) return EXIT.done
    err.write(`${message('error', failure, err.style)}\n`)
    return EXIT.failed
  }
}
