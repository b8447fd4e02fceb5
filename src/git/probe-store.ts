import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AbsolutePath } from '../core/ids.ts'

/** A place for the objects that probes write, so that looking at a repository never makes it grow. */
export interface ProbeStore {
  /** Sends what git writes there; it still reads the repository's own objects. */
  readonly env: () => Readonly<Record<string, string>>
  /** A path for a scratch file, such as a copy of an index. */
  readonly scratch: (name: string) => string
  /** Removes everything. */
  readonly close: () => void
}

const quoted = (path: string): string => (/[:"\\\n]/.test(path) ? JSON.stringify(path) : path)

const makeDirectory = (commonDir: AbsolutePath): string => {
  try {
    return mkdtempSync(join(tmpdir(), 'wt-probe-'))
  } catch {
    mkdirSync(join(commonDir, 'wt'), { recursive: true })
    return mkdtempSync(join(commonDir, 'wt', 'probe-'))
  }
}

/** Opens a store; nothing is made on disk until it is first used. */
export const openProbeStore = (commonDir: AbsolutePath): ProbeStore => {
  let directory: string | undefined
  const place = (): string => (directory ??= makeDirectory(commonDir))
  return {
    env: () => ({
      GIT_OBJECT_DIRECTORY: place(),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(join(commonDir, 'objects')),
    }),
    scratch: (name) => join(place(), name),
    close: () => {
      if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
      directory = undefined
    },
  }
}
