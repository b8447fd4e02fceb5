import { spawnSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'

type Variables = Readonly<Record<string, string | undefined>>

/** A program that has not answered by then is not waited for. Milliseconds. */
const PATIENCE = 10_000

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** Where PATH has a program of that name; relative entries are passed over. Undefined when it has none. */
export const findProgram = (name: string, env: Variables): string | undefined =>
  (env['PATH'] ?? '')
    .split(':')
    .filter((directory) => directory.startsWith('/'))
    .map((directory) => join(directory, name))
    .find(isProgram)

/** What a program prints, without the last newline; undefined when it is not there, fails or takes too long. */
export const programAnswer = (name: string, args: readonly string[], env: Variables): string | undefined => {
  const program = findProgram(name, env)
  if (program === undefined) return undefined
  const { status, stdout } = spawnSync(program, args, {
    env,
    timeout: PATIENCE,
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  })
  return status === 0 ? stdout.replace(/\r?\n$/, '') : undefined
}
