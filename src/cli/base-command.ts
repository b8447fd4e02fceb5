import { Command } from '@oclif/core/command'
import type { Config } from '@oclif/core/config'
import type { CommandSpec, Offer } from '../core/command-spec.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { message } from '../render/message.ts'
import { sanitizeLines } from '../render/sanitize.ts'
import { type Context, recoveredDirectory, workingDirectory } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { globalFlags, switchWithValue } from './flags.ts'

interface GlobalFlags {
  readonly directory?: string | undefined
  readonly config?: string | undefined
  readonly 'config-set'?: readonly string[] | undefined
}

export type CommandSpecs = () => Promise<readonly CommandSpec[]>

/** What every command can do: reach the context it runs in. It parses, calls one `run`, and shows the result. */
export abstract class BaseCommand extends Command {
  static override baseFlags = globalFlags
  /**
   * What completion offers for arguments (by name) and for values of flags (by `--name`). Fixed `options` and the names
   * in `command-specs.ts` need no entry; any other without one is free text.
   */
  static completes: Readonly<Record<string, Offer>> = {}
  protected readonly context: Context
  /** What completion knows of every command there is. */
  protected readonly specs: CommandSpecs

  constructor(argv: string[], config: Config, context: Context, specs: CommandSpecs = async () => []) {
    super(argv, config)
    this.context = context
    this.specs = specs
    // What stands on stdin is for the programs that the command runs; the parser would take it for an argument left out.
    for (const arg of Object.values((this.constructor as typeof BaseCommand).args)) arg.ignoreStdin = true
  }

  /** As oclif does it; but a switch takes no value. */
  protected override parse: Command['parse'] = async (options, argv = this.argv) => {
    const given = switchWithValue(argv, { ...options?.baseFlags, ...options?.flags })
    if (given !== undefined) this.error(`${given} takes no value`, { exit: EXIT.usage })
    return super.parse(options, argv)
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

  /**
   * The command line, for the journal and for hooks: the words that the parser was given. Options that stood before the
   * command's name stand behind it.
   */
  protected get commandLine(): readonly string[] {
    return ['wt', ...this.ctor.id.split(':'), ...this.argv]
  }

  /** Writes text from outside as it is, for a script; harmless, for a terminal. */
  protected print(text: string): void {
    const { out } = this.context
    if (text !== '') out.write(out.terminal ? `${sanitizeLines(text).join('\n')}\n` : text)
  }

  /** Asks for an approval on the terminal; only `y` is a yes. Undefined where nobody can be asked. */
  protected get confirm(): ((text: string) => Promise<boolean>) | undefined {
    const { ask, interactive, err } = this.context
    if (!interactive) return undefined
    return async (text) => {
      err.write(`${message('prompt', text, err.style)} [y/N] `)
      return /^y$/i.test(((await ask()) ?? '').trim())
    }
  }

  /** Writes an answer of several lines to stdout and its narration to stderr. */
  protected show({ answer, narration }: { readonly answer: string; readonly narration: string }): void {
    if (answer !== '') this.context.out.write(answer)
    if (narration !== '') this.context.err.write(narration)
  }
}
