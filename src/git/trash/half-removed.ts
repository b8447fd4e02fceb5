import { join } from 'node:path'
import type { AbsolutePath } from '../../core/ids.ts'
import { namesIn } from '../paths.ts'
import { readManifest } from './manifest.ts'
import { keptDirectory } from './places.ts'
import { statOf } from './tree.ts'
import { adminIn } from './unregister.ts'

/** Whether a registration is what a removal has left that was killed after it had moved the directory away. */
export const isHalfRemoved = (commonDir: AbsolutePath, id: string, path: AbsolutePath): boolean =>
  namesIn(keptDirectory(commonDir))
    .filter((name) => name.startsWith(`${id}-`))
    .some((name) => {
      const kept = join(keptDirectory(commonDir), name) as AbsolutePath
      const manifest = readManifest(kept)
      if (manifest?.id !== id || manifest.path !== path || manifest.staged === undefined) return false
      return statOf(adminIn(kept)) === undefined && statOf(manifest.staged) !== undefined
    })
