import { resolve } from 'node:path'
import { isatty } from 'node:tty'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from '../git/environment.ts'
import { canonical, currentDirectory, kindOf } from '../git/paths.ts'
import { recoverFrom } from '../git/recover.ts'
import { readLine } from '../host/ask.ts'
import { openStream, type Stream } from '../host/terminal.ts'
import { makeStyle, type Style } from '../render/style.ts'

/** A stream with the colours that suit it. */
export interface Output extends Stream {
  readonly style: Style
}

/** What a command gets from the process it runs in. Tests hand in their own. */
export interface Context {
  readonly env: Environment
  readonly home: AbsolutePath | undefined
  readonly now: () => number
  readonly out: Output
  readonly err: Output
  readonly input: () => Promise<string>
  /** The next line of stdin; undefined at its end. */
  readonly ask: () => Promise<string | undefined>
  /** More is to be told: `-v`, `WT_VERBOSE`. Read from the command line. */
  readonly verbose?: boolean
  /** Somebody can be asked: stdin and stderr are a terminal. */
  readonly interactive: boolean
  /** Where the process was started; undefined when that directory has been deleted. */
  readonly startedIn: AbsolutePath | undefined
  /** The words that start this program again; undefined in tests, which run it in their own process. */
  readonly program: readonly string[] | undefined
}

const output = (descriptor: 1 | 2, env: Environment): Output => {
  const stream = openStream(descriptor, env)
  return { ...stream, style: makeStyle(stream.colour) }
}

const readInput = async (): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** The context of this process. */
export const processContext = (): Context => ({
  env: process.env,
  home: process.env['HOME']?.startsWith('/') ? (process.env['HOME'] as AbsolutePath) : undefined,
  now: Date.now,
  out: output(1, process.env),
  err: output(2, process.env),
  input: readInput,
  ask: readLine,
  interactive: isatty(0) && isatty(2),
  startedIn: currentDirectory(),
  program: process.argv[1] === undefined ? undefined : [process.execPath, process.argv[1]],
})

/** Where the shell says that it stands; that may be gone. */
const shellDirectory = (env: Environment): AbsolutePath =>
  (env['PWD']?.startsWith('/') ? env['PWD'] : '/') as AbsolutePath

/** The repository of the deleted directory that the command was started in, if it can be found. */
export const recoveredDirectory = ({ startedIn, env }: Context): AbsolutePath | undefined =>
  startedIn === undefined ? recoverFrom(shellDirectory(env), env) : undefined

/** The directory that a command works in. Throws DIRECTORY_GONE when there is none. */
export const workingDirectory = ({ startedIn, env }: Context, directory: string | undefined): AbsolutePath => {
  if (directory === undefined && startedIn !== undefined) return startedIn
  const path = resolve(startedIn ?? shellDirectory(env), directory ?? '')
  if (directory !== undefined && kindOf(path) === 'directory') return canonical(path)
  const hint = directory === undefined ? {} : { hint: 'check the path after -C' }
  throw new WtError('DIRECTORY_GONE', `there is no directory ${path}`, hint)
}

/** What to do about a directory that has been deleted under a command; undefined while it is there. */
export const wayBack = async ({ startedIn, env }: Context): Promise<string | undefined> => {
  if (startedIn !== undefined && kindOf(startedIn) !== undefined) return undefined
  const { wayBackFrom } = await import('../git/way-back.ts')
  const to = await wayBackFrom(startedIn ?? shellDirectory(env), env)
  if (to === undefined) return 'this directory is gone: go to one that exists'
  return `this directory is gone; to go on: ${to === 'default' ? 'wt switch ^' : 'wt list'}`
}
