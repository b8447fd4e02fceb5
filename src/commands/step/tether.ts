import { BaseCommand } from '../../cli/base-command.ts'
import { splitTrailing, trailingCommand } from '../../cli/trailing.ts'
import { runTether } from '../../worktree/tether/run.ts'

export default class Tether extends BaseCommand {
  static override summary = 'Run a program that ends when its worktree is removed'
  static override description =
    'The program and all that it starts are ended when the directory is gone, or when the program itself has ended.'
  static override examples = ['wt step tether -- npm run dev']
  static override usage = 'step tether -- <program> [words…]'

  async run(): Promise<void> {
    const { own, trailing } = splitTrailing(this.argv)
    const { flags } = await this.parse(Tether, own)
    const command = trailingCommand(trailing, 'wt step tether -- <program>')
    const { env, cwd } = this.place(flags)
    await runTether({ env, cwd, startedIn: this.context.startedIn }, command)
  }
}
