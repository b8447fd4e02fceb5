import type { GitValues } from './git-values.ts'
import { type BranchName, isRemoteRef, type ObjectId, type RefName, splitRemoteRef } from './ids.ts'
import type { RefSnapshot } from './snapshot.ts'

/** A branch as a remote had it when it was last fetched. */
export interface RemoteBranch {
  readonly remote: string
  readonly ref: RefName
  readonly oid: ObjectId
}

/** The sections called `remote`; a key such as `remote.pushDefault` is in none of them. */
export const remotesIn = (settings: GitValues): readonly string[] => {
  const names = settings.keys('remote.').map((key) => key.slice('remote.'.length, key.lastIndexOf('.')))
  return [...new Set(names)].filter((name) => name !== '')
}

/** Every remote that has a branch of that name. A remote's HEAD is only a name for another. */
export const onRemotes = (
  refs: RefSnapshot,
  remotes: readonly string[],
  branch: BranchName,
): readonly RemoteBranch[] => {
  const found: RemoteBranch[] = []
  for (const { name, oid, symref } of refs.entries()) {
    if (symref !== undefined || !isRemoteRef(name) || !name.endsWith(`/${branch}`)) continue
    const parts = splitRemoteRef(name, remotes)
    if (parts?.branch === branch) found.push({ remote: parts.remote, ref: name, oid })
  }
  return found
}
