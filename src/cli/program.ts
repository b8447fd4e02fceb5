import type { Config } from '@oclif/core/config'
import { WtError } from '../core/errors.ts'
import { Interrupted } from '../core/interrupted.ts'
import { endAll } from '../git/process.ts'
import { interruption } from '../host/children.ts'
import { ReaderGone } from '../host/terminal.ts'
import { renderError } from '../render/error.ts'
import { message } from '../render/message.ts'
import { completionRequest, readRequest } from './argv.ts'
import type { CommandSpecs } from './base-command.ts'
import type { Commands } from './command-table.ts'
import { type Context, processContext, wayBack } from './context.ts'
import { EXIT } from './exit-codes.ts'
import { dieBySignal, dieOf } from './signals.ts'
import { verbosityOf } from './verbosity.ts'

/** As much of oclif's configuration as a command that is run directly looks at. */
const slimConfig = (version: string): Config =>
  ({
    bin: 'wt',
    name: 'coppice',
    version,
    userAgent: `wt/${version}`,
    pjson: { name: 'coppice', version, oclif: { bin: 'wt', topicSeparator: ' ' } },
    runHook: async () => ({ successes: [], failures: [] }),
    scopedEnvVar: () => undefined,
    scopedEnvVarTrue: () => false,
    scopedEnvVarKey: (key: string) => `WT_${key}`,
    commandIDs: [],
    topicSeparator: ' ',
    plugins: new Map(),
    getPluginsList: () => [],
  }) as unknown as Config

const isUsageError = (error: unknown): error is Error =>
  error instanceof Error && (error as { oclif?: { exit?: number } }).oclif?.exit === EXIT.usage

/** The signal that has cancelled the command, once everything is cleared up. */
let endedBy: Interrupted['signal'] | undefined

/** Tells what went wrong, and what the process should leave with because of it. */
const report = (error: unknown, context: Context): number => {
  const { err } = context
  if (error instanceof ReaderGone) return EXIT.done
  if (error instanceof Interrupted) {
    endedBy = error.signal
    return EXIT.interrupted[error.signal]
  }
  if (error instanceof WtError) {
    err.write(renderError(error, err.style))
    return error.exitCode ?? EXIT.failed
  }
  if (isUsageError(error)) {
    // What the parser adds about flags that may be repeated has nothing to do with an argument that is missing.
    const text = error.message.replace(/\nSee more help with --help$/, '').replace(/\n+Note: --.*$/s, '')
    return misused(context, text, 'for help: wt <command> --help')
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  err.write(`${message('error', 'this is a bug in wt; please report it with what follows', err.style)}\n${trace}\n`)
  return EXIT.bug
}

const misused = ({ err }: Context, what: string, hint: string): number => {
  err.write(`${message('error', what, err.style)}\n${message('hint', hint, err.style)}\n`)
  return EXIT.usage
}

/** The command for what is no command. */
const NAMED = 'run-name'

const dispatch = async (
  words: readonly string[],
  commands: Commands,
  context: Context,
  version: string,
): Promise<number> => {
  const request = completionRequest(words, context.env) ?? readRequest(words, Object.keys(commands))
  switch (request.kind) {
    case 'version':
      context.out.write(`wt ${version}\n`)
      return EXIT.done
    case 'help': {
      const { helpText } = await import('./help.ts')
      const { aliasHelp } = await import('./alias-help.ts')
      const text = await helpText(request.topic, commands, version)
      context.out.write(`${text}${await aliasHelp(request.topic, context)}`)
      return EXIT.done
    }
    case 'valueless':
      return misused(context, `${request.option} needs a value`, 'for help: wt --help')
    case 'unknown': {
      const { name, nearest } = request
      const hint = nearest === undefined ? 'for the commands there are: wt --help' : `did you mean wt ${nearest}?`
      return misused(context, `there is no command ${name}`, hint)
    }
    case 'name':
    case 'command': {
      const { id, argv } =
        request.kind === 'command'
          ? request
          : { id: NAMED, argv: [...request.options, '--', request.group, ...request.words] }
      const load = commands[id] as Commands[string]
      const Class = await load()
      Class.id = id
      const specs = async (): ReturnType<CommandSpecs> => (await import('./command-specs.ts')).commandSpecs(commands)
      const code = await new Class([...argv], slimConfig(version), context, specs).run()
      return typeof code === 'number' ? code : EXIT.done
    }
  }
}

const runOnce = async (
  words: readonly string[],
  commands: Commands,
  context: Context,
  version: string,
): Promise<number> => {
  try {
    return await dispatch(words, commands, context, version)
  } catch (error) {
    endAll('SIGKILL')
    // A line that is being typed is no place for messages.
    if (completionRequest(words, context.env) !== undefined) return EXIT.done
    try {
      const code = report(error, context)
      const back = error instanceof WtError ? await wayBack(context) : undefined
      if (back !== undefined) context.err.write(`${message('hint', back, context.err.style)}\n`)
      return code
    } catch {
      return EXIT.failed
    }
  }
}

/** What reads the trace of another run, and what is started by one, leave it as it is. */
const UNTRACED = /^(?:config:state:logs|drain-trash|hook:run-pipeline)/

/** Runs one command line and answers with the exit code. Nothing here throws. */
export const runCommandLine = async (
  words: readonly string[],
  commands: Commands,
  context: Context,
  version: string,
): Promise<number> => {
  const { env } = context
  const verbosity = completionRequest(words, env) === undefined ? verbosityOf(words, env, Object.keys(commands)) : 0
  const request = verbosity > 1 ? readRequest(words, Object.keys(commands)) : undefined
  const traced = request !== undefined && !(request.kind === 'command' && UNTRACED.test(request.id))
  const trace = traced ? (await import('./trace.ts')).beginTrace(words, context, version) : undefined
  const code = await runOnce(words, commands, { ...context, verbose: verbosity > 0 }, version)
  try {
    trace?.end(code)
  } catch {
    // Nobody reads it any more.
  }
  return code
}

/** The whole process: runs the command line it was started with, and leaves. */
export const runProcess = async (commands: Commands, version: string): Promise<never> => {
  dieBySignal()
  const code = await runCommandLine(process.argv.slice(2), commands, processContext(), version)
  const signal = endedBy ?? interruption()
  if (signal !== undefined) {
    dieOf(signal)
    // It is delivered in a moment; where it is blocked, the code says the same.
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  // The launcher writes its cache when the process exits; nothing else is left to wait for.
  process.exit(code)
}
