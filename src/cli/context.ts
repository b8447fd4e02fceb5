import { read } from 'node:fs'
import { resolve } from 'node:path'
import { isatty } from 'node:tty'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import type { Environment } from '../git/environment.ts'
import { canonical, currentDirectory, kindOf } from '../git/paths.ts'
import { recoverFrom } from '../git/recover.ts'
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
  /** Reads a line that the user types, empty at the end of input. Undefined: nobody can be asked. */
  readonly answer: (() => Promise<string>) | undefined
  /** Where the process was started; undefined when that directory has been deleted. */
  readonly startedIn: AbsolutePath | undefined
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

/**
 * One line from the terminal, and nothing that follows it: that may be meant for a program that is run later. Signals are
 * still heard meanwhile.
 */
const readAnswer = (): Promise<string> =>
  new Promise((resolve) => {
    const bytes = Buffer.alloc(1024)
    const more = (before: string): void =>
      read(0, bytes, 0, bytes.length, null, (error, count) => {
        const text = error === null ? before + bytes.toString('utf8', 0, count) : before
        if (error !== null || count === 0 || text.includes('\n')) resolve(text.replace(/\n[\s\S]*$/, ''))
        else more(text)
      })
    more('')
  })

/** The context of this process. */
export const processContext = (): Context => ({
  env: process.env,
  home: process.env['HOME']?.startsWith('/') ? (process.env['HOME'] as AbsolutePath) : undefined,
  now: Date.now,
  out: output(1, process.env),
  err: output(2, process.env),
  input: readInput,
  answer: isatty(0) ? readAnswer : undefined,
  startedIn: currentDirectory(),
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
  throw new WtError('DIRECTORY_GONE', `there is no directory ${path}`, {
    hint: directory === undefined ? 'go to a directory that exists' : 'check the path after -C',
  })
}
