import { type BranchName, branchOf, type ObjectId, type RefName, toObjectId } from '../core/ids.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import type { Worktree, WorktreeSnapshot } from '../core/worktrees.ts'
import type { GitReader } from './git.ts'
import type { Registration } from './registry.ts'
import type { GitSettings } from './settings.ts'

interface Head {
  readonly head: ObjectId | undefined
  readonly branch: BranchName | undefined
  readonly detached: boolean
}

/** Follows HEAD through the snapshot, so that worktrees and refs are of one moment. */
const headFrom = (text: string | undefined, refs: RefSnapshot): Head => {
  if (text === undefined) return { head: undefined, branch: undefined, detached: false }
  if (!text.startsWith('refs/')) return { head: toObjectId(text), branch: undefined, detached: true }
  const name = text as RefName
  const branch = branchOf(name)
  return { head: refs.resolve(name), branch, detached: branch === undefined }
}

const plain = (registration: Registration, head: Head): Worktree => {
  const { id, path, gitDir, locked, prunable, broken, operation } = registration
  return {
    id,
    path,
    gitDir,
    ...head,
    ...(locked && { locked }),
    ...(prunable && { prunable }),
    ...(broken !== undefined && { broken }),
    ...(operation && { operation }),
  }
}

/** What git says of each worktree's HEAD. Only for repositories whose HEAD files do not say it themselves. */
const askHeads = async (git: GitReader): Promise<ReadonlyMap<string, string>> => {
  const { stdout } = await git.read(['worktree', 'list', '--porcelain', '-z'])
  const heads = new Map<string, string>()
  for (const record of stdout.toString().split('\0\0')) {
    const lines = record.split('\0')
    const value = (key: string): string | undefined =>
      lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1)
    const head = value('branch') ?? value('HEAD')
    const path = value('worktree')
    if (path !== undefined && head !== undefined) heads.set(path, head)
  }
  return heads
}

/** The worktrees at the moment of a snapshot. Starts no process, unless refs are kept in a reftable, HEADs with them. */
export const captureWorktrees = async (
  registrations: readonly Registration[],
  refs: RefSnapshot,
  settings: GitSettings,
  git: GitReader,
): Promise<WorktreeSnapshot> => {
  const hidden = settings.get('extensions.refstorage') === 'reftable'
  const heads = hidden ? await askHeads(git) : undefined
  return {
    bare: registrations.every(({ id }) => id !== undefined),
    worktrees: registrations.map((it) =>
      plain(it, headFrom(heads === undefined ? it.headText : heads.get(it.path), refs)),
    ),
  }
}
