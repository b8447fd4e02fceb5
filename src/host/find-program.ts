import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { encodeBytes } from '../core/bytes.ts'

/** Whether a file is there that may be run. */
export const isProgram = (path: string): boolean => {
  try {
    const onDisk = Buffer.from(encodeBytes(path))
    accessSync(onDisk, constants.X_OK)
    return statSync(onDisk).isFile()
  } catch {
    return false
  }
}

/**
 * Looks for a program where PATH says, but never in a relative directory, and so never in a worktree. A name with a slash
 * in it is none.
 */
export const findOnPath = (name: string, { PATH = '' }: Readonly<Record<string, string | undefined>>) =>
  name.includes('/')
    ? undefined
    : PATH.split(':')
        .filter(isAbsolute)
        .map((directory) => join(directory, name))
        .find(isProgram)

const namesIn = (directory: string): readonly string[] => {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

/** The programs whose names begin so, in the order of PATH, with what follows in their names. Some may stand twice. */
export const findPrograms = (
  prefix: string,
  { PATH = '' }: Readonly<Record<string, string | undefined>>,
): readonly { readonly name: string; readonly path: string }[] =>
  PATH.split(':')
    .filter(isAbsolute)
    .flatMap((directory) =>
      namesIn(directory)
        .filter((file) => file.startsWith(prefix) && !/[\s\p{Cc}]/u.test(file))
        .sort()
        .map((file) => ({ name: file.slice(prefix.length), path: join(directory, file) })),
    )
    .filter(({ name, path }) => name !== '' && isProgram(path))
