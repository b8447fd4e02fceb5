import { accessSync, constants, statSync } from 'node:fs'
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
