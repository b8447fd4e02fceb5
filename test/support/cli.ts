import { join } from 'node:path'
import type { Context, Output } from '../../src/cli/context.ts'
import { runCommandLine } from '../../src/cli/program.ts'
import { commands } from '../../src/commands/index.ts'
import type { AbsolutePath } from '../../src/core/ids.ts'
import type { ListItem, ListJson } from '../../src/render/list/json-shape.ts'
import { makeStyle } from '../../src/render/style.ts'
import { EPOCH } from './environment.ts'

/** Where and how a test's command line runs. What is left out is as in a pipe. */
export interface CliOptions {
  /** Undefined: the directory has been deleted. */
  readonly cwd: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Cells of both streams. */
  readonly columns?: number
  readonly rows?: number
  readonly terminal?: boolean
  readonly colour?: boolean
  /** What stands on stdin. */
  readonly input?: string
  /** Answers questions, as somebody at a terminal would. */
  readonly answers?: readonly string[]
  /** Whoever sits at the terminal instead, where more than words is called for. */
  readonly ask?: Context['ask']
  /** Milliseconds since 1970; default: ten days after `EPOCH`. */
  readonly now?: () => number
}

/** What a command line left behind. */
export interface CliAnswer {
  readonly code: number
  readonly out: string
  readonly err: string
}

const TEN_DAYS = 864_000

const buffered = (parts: string[], { columns, rows, terminal = false, colour = false }: CliOptions): Output => ({
  terminal,
  columns: columns ?? (terminal ? 80 : undefined),
  rows: terminal ? (rows ?? 24) : undefined,
  colour,
  style: makeStyle(colour),
  write: (text) => void parts.push(text),
})

/** Runs one command line of `wt` in this process, with streams that remember. */
const runWt = async (words: readonly string[], options: CliOptions): Promise<CliAnswer> => {
  const [out, err]: [string[], string[]] = [[], []]
  const home = options.env['HOME']
  const lines = options.answers?.slice() ?? (options.input ?? '').split('\n').slice(0, -1)
  const context: Context = {
    env: options.env,
    home: home === undefined ? undefined : (home as AbsolutePath),
    now: options.now ?? (() => (EPOCH + TEN_DAYS) * 1000),
    out: buffered(out, options),
    err: buffered(err, options),
    input: async () => options.input ?? '',
    ask: options.ask ?? (async () => lines.shift()),
    interactive: options.answers !== undefined || options.ask !== undefined,
    startedIn: options.cwd as AbsolutePath | undefined,
    program: undefined,
  }
  const code = await runCommandLine(words, commands, context, '0.0.0')
  return { code, out: out.join(''), err: err.join('') }
}

/** As much of a test's repository as a command line needs. */
export interface Place {
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
}

/** Runs `wt` in a test's repository, or in a place of it. */
export const wt = (repo: Place, words: readonly string[], options: Partial<CliOptions> = {}): Promise<CliAnswer> =>
  runWt(words, { cwd: repo.dir, env: repo.env, ...options })

/** `wt list --json` as a value. Throws, with what was said, unless it ended well. */
export const listJson = async (
  repo: Place,
  words: readonly string[] = [],
  options: Partial<CliOptions> = {},
): Promise<ListJson & { readonly err: string }> => {
  const { code, out, err } = await wt(repo, ['list', '--json', ...words], options)
  if (code !== 0) throw new Error(`wt list --json ended with ${code}:\n${err}`)
  return { ...(JSON.parse(out) as ListJson), err }
}

/** The item of a branch. Throws when there is none. */
export const itemOf = ({ items }: ListJson, branch: string | null): ListItem => {
  const item = items.find((each) => each.branch === branch && each.remote === undefined)
  if (item === undefined) throw new Error(`no row for ${branch} in ${items.map((each) => each.branch).join(', ')}`)
  return item
}

/** A directory with programs that stand before everything else on PATH. */
export const withProgram = (env: Readonly<Record<string, string>>, bin: string): Readonly<Record<string, string>> => ({
  ...env,
  PATH: `${bin}:${env['PATH'] ?? ''}`,
})

/** The path of the built program. */
export const BUILT = join(import.meta.dirname, '..', '..', 'dist', 'wt.js')
