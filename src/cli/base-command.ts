import { Command } from '@oclif/core/command'
import type { Config } from '@oclif/core/config'
import type { AbsolutePath } from '../core/ids.ts'
import { type Context, workingDirectory } from './context.ts'
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
  }

  /** Whatever a command needs from the flags that all commands have. */
  protected place(flags: GlobalFlags): {
    readonly env: Context['env']
    readonly cwd: AbsolutePath
    readonly home: AbsolutePath | undefined
    readonly now: () => number
    readonly configPath: string | undefined
    readonly configSets: readonly string[]
  } {
    const { env, home, now } = this.context
    const cwd = workingDirectory(this.context, flags.directory)
    return { env, home, now, cwd, configPath: flags.config, configSets: flags['config-set'] ?? [] }
  }

  /** Writes an answer of several lines to stdout and its narration to stderr. */
  protected show({ answer, narration }: { readonly answer: string; readonly narration: string }): void {
    if (answer !== '') this.context.out.write(answer)
    if (narration !== '') this.context.err.write(narration)
  }
}
