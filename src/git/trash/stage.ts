import { mkdirSync, renameSync, rmSync, type Stats } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Staged } from '../../core/applied.ts'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import type { Effect, RegisteredWorktree } from '../../core/plan.ts'
import { withLock } from '../lock.ts'
import { onDisk } from '../paths.ts'
import { type Manifest, writeManifest } from './manifest.ts'
import { obstacleError, obstacleTo, readPlaces } from './ownership.ts'
import { besideOf, keptDirectory, trashDirectory } from './places.ts'
import { codeOf, statOf } from './tree.ts'
import { unregister } from './unregister.ts'

/** What a removal works with. */
export interface TrashContext {
  readonly commonDir: AbsolutePath
  readonly now: () => Date
  /** The command line, for the manifest. */
  readonly command: readonly string[]
}

type StageEffect = Effect & { readonly kind: 'stage-worktree' }
type UnregisterEffect = Effect & { readonly kind: 'unregister-worktree' }

/** Makes the directory for what is kept, under a name that nobody else has or will get. */
const claimName = ({ commonDir, now }: TrashContext, id: string): AbsolutePath => {
  mkdirSync(onDisk(keptDirectory(commonDir)), { recursive: true })
  for (let second = Math.floor(now().getTime() / 1000); ; second++) {
    const name = `${id}-${second}`
    if (statOf(join(trashDirectory(commonDir), name)) !== undefined) continue
    const kept = join(keptDirectory(commonDir), name) as AbsolutePath
    try {
      // It may hold secrets.
      mkdirSync(onDisk(kept), { mode: 0o700 })
      return kept
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}

const sameFile = (one: Stats | undefined, other: Stats | undefined): boolean =>
  one !== undefined && one.ino === other?.ino && one.dev === other.dev

const unmovable = (path: AbsolutePath, cause: unknown): WtError =>
  new WtError('WORKTREE_UNMOVABLE', `${path} can’t be moved out of the way: ${(cause as Error).message}`, {
    hint: 'nothing was removed; see whether its parent directory may be written and whether it is a mount point',
  })

/** Moves the directory into the trash, or beside its old place. Whatever is moved must be what was looked at. */
const moveAway = (manifest: Manifest, place: AbsolutePath, record: (manifest: Manifest) => void): AbsolutePath => {
  const { path } = manifest
  const seen = statOf(path)
  const move = (to: AbsolutePath): void => {
    record({ ...manifest, staged: to })
    renameSync(onDisk(path), onDisk(to))
    if (sameFile(seen, statOf(to))) return
    renameSync(onDisk(to), onDisk(path))
    throw new WtError('WORKTREE_NOT_OURS', `${path} was replaced meanwhile`, { hint: 'nothing of it was removed' })
  }
  try {
    mkdirSync(onDisk(dirname(place)), { recursive: true })
    move(place)
    return place
  } catch (error) {
    if (error instanceof WtError) throw error
    const beside = besideOf(path, basename(place))
    try {
      move(beside)
      return beside
    } catch (cause) {
      throw cause instanceof WtError ? cause : unmovable(path, cause)
    }
  }
}

const manifestOf = (
  { now, command }: TrashContext,
  { id, path, branch, head }: RegisteredWorktree,
): Pick<Manifest, 'version' | 'time' | 'command' | 'id' | 'path' | 'branch' | 'head'> => ({
  version: 1,
  time: now().toISOString(),
  command,
  id,
  path,
  ...(branch !== undefined && { branch }),
  ...(head !== undefined && { head }),
})

/** Makes a place for what is kept and does something with it; the place goes again where that fails. */
const keeping = <T>(context: TrashContext, worktree: RegisteredWorktree, act: (kept: AbsolutePath) => T): T => {
  let kept: AbsolutePath
  try {
    kept = claimName(context, worktree.id)
  } catch (cause) {
    throw unmovable(worktree.path, cause)
  }
  try {
    return act(kept)
  } catch (error) {
    rmSync(onDisk(kept), { recursive: true, force: true })
    throw error
  }
}

/** From here on the directory is on its way: what fails must not take the manifest away. */
const isCleared = (worktree: RegisteredWorktree, kept: AbsolutePath): boolean => {
  try {
    return unregister(worktree, kept)
  } catch {
    return false
  }
}

const isPutBack = (staged: AbsolutePath, path: AbsolutePath): boolean => {
  try {
    if (statOf(path) !== undefined) return false
    renameSync(onDisk(staged), onDisk(path))
    return true
  } catch {
    return false
  }
}

const stillThere = (path: AbsolutePath): WtError =>
  new WtError('WORKTREE_LOCKED', `the registration of ${path} can’t be cleared, or has been locked meanwhile`, {
    hint: 'nothing of it was removed',
  })

/**
 * Moves a worktree's directory into the trash and clears its registration. Ownership, lock and what lies in it are
 * looked at again, then the directory is renamed: nothing is deleted, and who writes into it goes on writing into it.
 * Throws WORKTREE_LOCKED, WORKTREE_NOT_OURS, WORKTREE_HOLDS_ANOTHER, WORKTREE_UNMOVABLE with nothing changed.
 */
export const stageWorktree = (context: TrashContext, effect: StageEffect): Promise<Staged> =>
  withLock(context.commonDir, 'registry', async () => {
    const { worktree, keeps, limit, whole, checkedAt } = effect
    const { commonDir } = context
    const obstacle = obstacleTo(commonDir, worktree, readPlaces(commonDir))
    if (obstacle !== undefined) throw obstacleError(obstacle, worktree.path)
    return keeping(context, worktree, (kept) => {
      const manifest: Manifest = { ...manifestOf(context, worktree), entries: keeps, limit, checkedAt, whole }
      const place = join(trashDirectory(commonDir), basename(kept)) as AbsolutePath
      const staged = moveAway(manifest, place, (said) => writeManifest(kept, said))
      const cleared = isCleared(worktree, kept)
      if (!cleared && isPutBack(staged, worktree.path)) throw stillThere(worktree.path)
      return { from: worktree.path, staged, kept, cleared }
    })
  })

/** Clears the registration of a worktree that is not there; its index and reflog are kept for a while. */
export const unregisterWorktree = (context: TrashContext, effect: UnregisterEffect): Promise<AbsolutePath> =>
  withLock(context.commonDir, 'registry', async () => {
    const { worktree, whole } = effect
    return keeping(context, worktree, (kept) => {
      const about = { entries: [], limit: 0, checkedAt: 0, settled: { kept: [], dropped: [] } }
      writeManifest(kept, { ...manifestOf(context, worktree), ...about, whole })
      if (unregister(worktree, kept)) return kept
      throw stillThere(worktree.path)
    })
  })
