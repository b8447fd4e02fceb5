import { Command } from '@oclif/core/command'
import type { Config } from '@oclif/core/config'
import type { AbsolutePath } from '../core/ids.ts'
import { message } from '../render/message.ts'
import { type Context, recoveredDirectory, workingDirectory } from './context.ts'
import { globalFlags } from './flags.ts'

interface GlobalFlags {
  readonly directory?: string | undefined
  readonly config?: string | undefined
  readonly 'config-set'?: readonly string[] | undefined
}

/** What every command can do: reach the context it runs in. It parses, calls one `run`, and shows the result. */
export abstract class BaseCommand extends Command {
  static override baseFlags = globalFlags
  protected readonly context: Context

  constructor(argv: string[], config: Config, context: Context) {
    super(argv, config)
    this.context = context
    // What stands on stdin is for the programs that the command runs; the parser would take it for an argument left out.
    for (const arg of Object.values((this.constructor as typeof BaseCommand).args)) arg.ignoreStdin = true
  }

  /**
   * Whatever a command needs from the flags that all commands have. With `recover` it goes on where the directory that
   * it was started in has been deleted, if the repository is found, and says so.
   */
  protected place(
    flags: GlobalFlags,
    { recover = false } = {},
  ): {
    readonly env: Context['env']
    readonly cwd: AbsolutePath
    readonly home: AbsolutePath | undefined
    readonly now: () => number
    readonly configPath: string | undefined
    readonly configSets: readonly string[]
  } {
    const { env, err, home, now } = this.context
    const recovered = recover && flags.directory === undefined ? recoveredDirectory(this.context) : undefined
    if (recovered !== undefined) {
      err.write(`${message('info', `this directory is gone; its repository is ${recovered}`, err.style)}\n`)
    }
    const cwd = recovered ?? workingDirectory(this.context, flags.directory)
    return { env, home, now, cwd, configPath: flags.config, configSets: flags['config-set'] ?? [] }
  }

  /** Asks a question on the terminal; only `y` is a yes. Undefined where nobody can be asked. */
  protected get confirm(): ((text: string) => Promise<boolean>) | undefined {
    const { answer, err } = this.context
    if (answer === undefined) return undefined
    return async (text) => {
      err.write(`${message('prompt', text, err.style)} [y/N] `)
      return /^y$/i.test((await answer()).trim())
    }
  }

  /** Writes an answer of several lines to stdout and its narration to stderr. */
  protected show({ answer, narration }: { readonly answer: string; readonly narration: string }): void {
    if (answer !== '') this.context.out.write(answer)
    if (narration !== '') this.context.err.write(narration)
  }
}
