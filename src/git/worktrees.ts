import { dirname, join } from 'node:path'
import { decodeBytes } from '../core/bytes.ts'
import {
  type AbsolutePath,
  type BranchName,
  branchOf,
  branchRef,
  type ObjectId,
  type RefName,
  toObjectId,
} from '../core/ids.ts'
import type { RefSnapshot } from '../core/snapshot.ts'
import type { Worktree, WorktreeSnapshot } from '../core/worktrees.ts'
import type { GitReader } from './git.ts'
import { canonical, readText } from './paths.ts'
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

/** A branch that is not in the snapshot is unborn, unless there is a file for it that says nothing. */
const damageOf = ({ id, gitDir, broken }: Registration, { head, branch }: Head): string | undefined => {
  if (broken !== undefined || head !== undefined || branch === undefined) return broken
  const commonDir = id === undefined ? gitDir : dirname(dirname(gitDir))
  const text = readText(join(commonDir, branchRef(branch)))?.trim()
  const sound = text === undefined || text.startsWith('ref:') || toObjectId(text) !== undefined
  return sound ? undefined : `${branchRef(branch)} can’t be read`
}

const plain = (registration: Registration, head: Head, refs: RefSnapshot): Worktree => {
  const { id, path, gitDir, locked, prunable, operation } = registration
  const broken = damageOf(registration, head)
  const borrowed = registration.borrowed as BranchName | undefined
  // A bisection that began on a commit has noted its id, and a branch that is gone is borrowed from nobody.
  const lent = head.detached && borrowed !== undefined && refs.tip(borrowed) !== undefined
  return {
    id,
    path,
    gitDir,
    ...head,
    ...(locked && { locked }),
    ...(prunable && { prunable }),
    ...(broken !== undefined && { broken }),
    ...(operation && { operation }),
    ...(lent && { borrowed }),
  }
}

/** No path is empty. */
const MAIN = ''

/** The HEADs that `git worktree list` tells, by path; the first one is the main worktree's, wherever git says it is. */
const listHeads = async (git: GitReader): Promise<ReadonlyMap<string, string>> => {
  const { stdout } = await git.read(['worktree', 'list', '--porcelain', '-z'])
  const heads = new Map<string, string>()
  for (const [at, record] of decodeBytes(stdout).split('\0\0').entries()) {
    const lines = record.split('\0')
    const value = (key: string): string | undefined =>
      lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1)
    const head = value('branch') ?? value('HEAD')
    const path = at === 0 ? MAIN : canonical(value('worktree') ?? '')
    if (head !== undefined) heads.set(path, head)
  }
  return heads
}

/** What one worktree's HEAD holds; undefined when git can't tell. */
const askHead = async (git: GitReader, { gitDir }: Registration): Promise<string | undefined> => {
  const [symbolic, id] = await Promise.all([
    git.read(['symbolic-ref', '-q', 'HEAD'], { cwd: gitDir, answers: [0, 1, 128] }),
    git.read(['rev-parse', '--verify', '-q', 'HEAD'], { cwd: gitDir, answers: [0, 1, 128] }),
  ])
  const text = decodeBytes((symbolic.code === 0 ? symbolic : id).stdout).trimEnd()
  return text === '' ? undefined : text
}

/** What git says of each worktree's HEAD. Only for repositories whose HEAD files do not say it themselves. */
const askHeads = async (
  git: GitReader,
  registrations: readonly Registration[],
): Promise<ReadonlyMap<Registration, string | undefined>> => {
  // One half-made registration, and git can't list any.
  const listed = await listHeads(git).catch(() => undefined)
  const heads = registrations.map(async (it) => {
    if (it.broken !== undefined) return [it, undefined] as const
    if (listed === undefined) return [it, await askHead(git, it)] as const
    return [it, listed.get(it.id === undefined ? MAIN : canonical(it.path))] as const
  })
  return new Map(await Promise.all(heads))
}

/** The worktrees at the moment of a snapshot. Starts no process, unless refs are kept in a reftable, HEADs with them. */
export const captureWorktrees = async (
  registrations: readonly Registration[],
  refs: RefSnapshot,
  settings: GitSettings,
  git: GitReader,
): Promise<WorktreeSnapshot> => {
  const hidden = settings.get('extensions.refstorage') === 'reftable'
  const heads = hidden ? await askHeads(git, registrations) : undefined
  return {
    bare: registrations.every(({ id }) => id !== undefined),
    worktrees: registrations.map((it) =>
      plain(it, headFrom(heads === undefined ? it.headText : heads.get(it), refs), refs),
    ),
  }
}

/** The worktree at a path, by text or, where links are involved, by what the paths lead to. */
export const worktreeAt = (snapshot: WorktreeSnapshot, path: AbsolutePath | undefined): Worktree | undefined => {
  if (path === undefined) return undefined
  const literal = snapshot.worktrees.find((worktree) => worktree.path === path)
  if (literal !== undefined) return literal
  const real = canonical(path)
  return snapshot.worktrees.find((worktree) => canonical(worktree.path) === real)
}
