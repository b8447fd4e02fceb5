import { rmdirSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'
import { onDisk } from './paths.ts'

/** Takes one registration away, and nothing else. Only under the registry's lock, and only for an entry that is ours. */
export const clearRegistration = (gitDir: AbsolutePath): void => {
  if (basename(dirname(gitDir)) !== 'worktrees') throw new TypeError(`not a registration: ${gitDir}`)
  rmSync(onDisk(gitDir), { recursive: true, force: true })
  try {
    // As git does with the last one.
    rmdirSync(onDisk(dirname(gitDir)))
  } catch {
    // There are others.
  }
}
