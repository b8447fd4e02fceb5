import { join } from 'node:path'
import { type CiEntry, parseCiEntry } from '../core/ci-entry.ts'
import type { AbsolutePath, BranchName } from '../core/ids.ts'
import { safeFileName } from '../core/name-hash.ts'
import { readText } from './paths.ts'

/** What is remembered of the checks of a branch, in `<common>/wt/cache/ci-status`; undefined where there is nothing. */
export const rememberedCi = (commonDir: AbsolutePath, branch: BranchName): CiEntry | undefined => {
  const text = readText(join(commonDir, 'wt', 'cache', 'ci-status', `${safeFileName(branch)}.json`))
  return text === undefined ? undefined : parseCiEntry(text)
}
