import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import { onDisk } from './paths.ts'

/**
 * Makes a directory of ours in a repository, `<common>/wt/<parts>`, one level at a time: a repository that has been
 * deleted meanwhile is not made again. Throws what the file system throws.
 */
export const makeOwn = (commonDir: AbsolutePath, ...parts: readonly string[]): AbsolutePath => {
  let path: string = commonDir
  for (const part of ['wt', ...parts]) {
    path = join(path, part)
    try {
      mkdirSync(onDisk(path))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return path as AbsolutePath
}
