import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeBytes } from '../core/bytes.ts'
import { WtError } from '../core/errors.ts'
import type { AbsolutePath } from '../core/ids.ts'
import { onDisk } from './paths.ts'

/** A place for the objects that probes write, so that looking at a repository never makes it grow. */
export interface ProbeStore {
  /** Sends what git writes there; it still reads the repository's own objects. */
  readonly env: () => Readonly<Record<string, string>>
  /** A path for a scratch file, such as a copy of an index; another one at each call. */
  readonly scratch: () => string
  /** Removes everything. What is still running finds no place to write any more. */
  readonly close: () => void
}

const PLAIN_PATH = /^[\w/.,+@%=~-]+$/

const spelled = (byte: number): string => {
  const plain = byte >= 0x20 && byte <= 0x7e && byte !== 0x22 && byte !== 0x5c
  return plain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`
}

/** As git takes a path apart from others by a colon. A variable holds text, so other bytes are spelled out. */
const quoted = (path: string): string =>
  PLAIN_PATH.test(path) ? path : `"${[...encodeBytes(path)].map(spelled).join('')}"`

const makeDirectory = (commonDir: AbsolutePath): string => {
  try {
    return mkdtempSync(join(tmpdir(), 'wt-probe-'))
  } catch {
    mkdirSync(onDisk(join(commonDir, 'wt')), { recursive: true })
    return mkdtempSync(join(commonDir, 'wt', 'probe-'))
  }
}

const open = new Set<ProbeStore>()

/** Removes what all stores hold. For a `wt` that is about to die. */
export const closeProbeStores = (): void => {
  for (const store of open) store.close()
}

/** Opens a store; nothing is made on disk until it is first used. */
export const openProbeStore = (commonDir: AbsolutePath): ProbeStore => {
  let directory: string | undefined
  let closed = false
  let scratches = 0
  const place = (): string => {
    if (closed) throw new WtError('GIT_FAILED', 'git is not asked any more')
    directory ??= makeDirectory(commonDir)
    return directory
  }
  const store: ProbeStore = {
    env: () => ({
      GIT_OBJECT_DIRECTORY: place(),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: quoted(join(commonDir, 'objects')),
    }),
    scratch: () => join(place(), `index-${scratches++}`),
    close: () => {
      closed = true
      open.delete(store)
      if (directory !== undefined) rmSync(directory, { recursive: true, force: true, maxRetries: 3 })
      directory = undefined
    },
  }
  open.add(store)
  return store
}
