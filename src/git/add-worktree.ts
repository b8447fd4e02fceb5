import { lstatSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { EffectReport } from '../core/applied.ts'
import { carriesRawBytes } from '../core/bytes.ts'
import { WtError } from '../core/errors.ts'
import type { GitValues } from '../core/git-values.ts'
import { type AbsolutePath, type BranchName, branchRef } from '../core/ids.ts'
import type { BranchSource, Effect } from '../core/plan.ts'
import { uniqueName } from '../core/unique-name.ts'
import { explainAddFailure, raced } from './add-failure.ts'
import { type CreationRecord, dropCreation, lockReason, registrationOf, writeCreation } from './creation-record.ts'
import type { WritableRepo } from './edit-refs.ts'
import { enterSection, Interrupted, undoing } from './foreground.ts'
import { headOf } from './head-file.ts'
import { withLock } from './lock.ts'
import { canonical, kindOf, namesIn, onDisk, readText } from './paths.ts'
import { runPostCheckout } from './post-checkout.ts'
import { childOwner, thisProcess } from './process-identity.ts'
import { clearRegistration } from './registration-clear.ts'
import { pointerIn } from './registry.ts'
import { putBack, setAside } from './set-aside.ts'

export interface AddContext extends WritableRepo {
  readonly commonDir: AbsolutePath
  /** git's configuration, which says whether a hook waits for the checkout. */
  readonly settings?: GitValues
  /** What git and its filters and hooks say goes to stderr, progress included: somebody is watching. */
  readonly heard?: boolean
}

type AddWorktree = Effect & { readonly kind: 'add-worktree' }
type Report = EffectReport & { readonly kind: 'set-aside' }

/** Whether anything is at a path; a dangling link is something. */
export const isOccupied = (path: string): boolean => {
  try {
    return lstatSync(onDisk(path), { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR'
  }
}

/** Where a branch is checked out by now, as far as HEAD files say. */
const holderOf = (commonDir: AbsolutePath, branch: BranchName): string | undefined => {
  const registry = join(commonDir, 'worktrees')
  const id = namesIn(registry).find((name) => headOf(join(registry, name)) === branchRef(branch))
  return id && (pointerIn(join(registry, id) as AbsolutePath) ?? join(registry, id))
}

/** A registered worktree that is at a path, or in it: that is never moved away. */
const worktreeIn = (commonDir: AbsolutePath, path: AbsolutePath): string | undefined => {
  const registry = join(commonDir, 'worktrees')
  const place = canonical(path)
  return namesIn(registry)
    .flatMap((id) => pointerIn(join(registry, id) as AbsolutePath) ?? [])
    .find((each) => kindOf(each) !== undefined && `${canonical(each)}/`.startsWith(`${place}/`))
}

/** Makes sure that what another process may have done since the plan is in nobody's way, and the place free. */
const clearTheWay = ({ commonDir }: AddContext, { path, branch, setAside: stamp }: AddWorktree): Report | undefined => {
  const holder = holderOf(commonDir, branch)
  if (holder !== undefined) throw raced(`${branch} was checked out at ${holder} meanwhile`, branch)
  if (!isOccupied(path)) return undefined
  const inside = worktreeIn(commonDir, path)
  if (stamp !== undefined && inside === undefined) return { kind: 'set-aside', path, to: setAside(path, stamp) }
  const what = inside === undefined ? 'something' : 'a worktree'
  const hint = 'run the command again to decide on what is there now'
  throw new WtError('RACE_LOST', `${what} has come to be at ${inside ?? path} meanwhile`, { hint })
}

const startOf = (source: BranchSource, branch: BranchName): readonly string[] => {
  switch (source.kind) {
    case 'existing':
      return [branch]
    case 'new':
      return [source.start]
    case 'tracking':
      return [source.upstream]
    case 'unborn':
      return []
  }
}

/**
 * The registration and its HEAD, and no files: that is the part which races, and it takes some milliseconds. The commit is
 * given by id, and a remote branch by its full name, so that no tag or branch of a like name is meant.
 */
const commandOf = ({ path, branch, source }: AddWorktree, token: string): readonly string[] => [
  // An upstream only where the remote branch has the same name, whatever is configured.
  ...['-c', 'branch.autoSetupMerge=simple', 'worktree', 'add', '-q', '--lock', '--reason', lockReason(token)],
  ...(source.kind === 'unborn' ? ['--orphan'] : ['--no-checkout']),
  ...(source.kind === 'existing' ? [] : ['-b', branch]),
  ...['--', path, ...startOf(source, branch)],
]

/** The environment in which git itself checks a new worktree out, where it can be said. */
const insideOf = (gitDir: AbsolutePath, path: AbsolutePath): Readonly<Record<string, string>> =>
  carriesRawBytes(gitDir) || carriesRawBytes(path) ? {} : { GIT_DIR: gitDir, GIT_WORK_TREE: path }

const checkOut = async (
  context: AddContext,
  { path }: AddWorktree,
  gitDir: AbsolutePath,
  note: Note,
): Promise<void> => {
  const { writer, heard = false } = context
  const args = ['reset', '--hard', '--no-recurse-submodules', ...(heard ? [] : ['-q'])]
  await writer.write(args, { cwd: path, env: insideOf(gitDir, path), foreground: { heard, onStart: note } })
}

type Note = (child: { readonly pid?: number | undefined }) => void

/** Puts the record on disk, with the git that is at work. */
const noteChild =
  (commonDir: AbsolutePath, record: CreationRecord): Note =>
  ({ pid }) => {
    if (pid !== undefined) writeCreation(commonDir, { ...record, child: childOwner(pid) })
  }

/** The files are git's, checked out a moment ago, as is the registration; the branch stays. */
const undo = (context: AddContext, { path }: AddWorktree, token: string): Promise<void> =>
  undoing(async () => {
    const { commonDir } = context
    const gitDir = registrationOf(commonDir, token)
    if (gitDir === undefined) return
    const ours = readText(join(gitDir, 'gitdir'))?.trim() === join(path, '.git') || kindOf(path) === undefined
    if (ours) rmSync(onDisk(path), { recursive: true, force: true })
    await withLock(commonDir, 'registry', async () => clearRegistration(gitDir))
  })

const unlock = (gitDir: AbsolutePath, token: string): void => {
  const file = join(gitDir, 'locked')
  if (readText(file)?.trim() === lockReason(token)) rmSync(onDisk(file), { force: true })
}

const unlessInterrupted = (error: unknown): void => {
  if (!(error instanceof Interrupted)) throw error
}

/**
 * Adds a worktree as `git worktree add` does, in two steps: the registration under the registry's lock, and the files
 * outside of it, so that nobody waits for another's checkout (decision 0014). A signal undoes what was begun; a kill leaves
 * a record with which the next run puts things right (`recover-creations.ts`). Throws RACE_LOST when somebody else was
 * first, WORKTREE_NOT_ADDED with git's reason, Interrupted.
 */
export const addWorktree = async (context: AddContext, effect: AddWorktree): Promise<readonly EffectReport[]> => {
  const { commonDir, writer } = context
  const { path, branch, source } = effect
  const token = uniqueName()
  const record = { token, owner: thisProcess(), path, branch, makesBranch: source.kind !== 'existing' }
  const note = noteChild(commonDir, record)
  let leave: (() => void) | undefined
  let aside: Report | undefined
  try {
    await withLock(commonDir, 'registry', async () => {
      aside = clearTheWay(context, effect)
      leave = enterSection()
      writeCreation(commonDir, record)
      await writer.write(commandOf(effect, token), { foreground: { onStart: note } })
    })
    const gitDir = registrationOf(commonDir, token)
    if (gitDir === undefined) throw new WtError('WORKTREE_NOT_ADDED', `the registration of ${path} has vanished`)
    if (source.kind !== 'unborn') await checkOut(context, effect, gitDir, note)
    unlock(gitDir, token)
  } catch (error) {
    if (leave === undefined) throw error
    await undo(context, effect, token)
    if (aside !== undefined) putBack(aside.path, aside.to)
    throw error instanceof Interrupted ? error : await explainAddFailure(context, effect, error)
  } finally {
    dropCreation(commonDir, token)
    leave?.()
  }
  // The worktree is whole by now. A signal in the hook ends the command once that has been told (`applyAdding`).
  if (source.kind !== 'unborn') await runPostCheckout(context, path).catch(unlessInterrupted)
  return [...(aside === undefined ? [] : [aside]), { kind: 'worktree-added', path, branch }]
}
