import { lstatSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath, BranchName } from '../../core/ids.ts'
import { addWorktreeFor, moveWorktree, type RegistryWriter, switchBranch } from '../../git/move-worktree.ts'
import { onDisk } from '../../git/paths.ts'
import { setAside, stampOf } from '../../git/set-aside.ts'
import type { Move, RelocationPlan, RelocationSkip } from './plan.ts'
import type { RelocatedEntry, SkippedEntry } from './result.ts'

export interface Executed {
  readonly entries: readonly RelocatedEntry[]
  readonly skipped: readonly SkippedEntry[]
  readonly setAside: readonly { readonly path: AbsolutePath; readonly to: AbsolutePath }[]
  readonly failure: { readonly branch: BranchName; readonly message: string } | undefined
}

interface Surroundings {
  readonly registry: RegistryWriter
  readonly defaultBranch: BranchName | undefined
  readonly now: Date
}

const isThere = (path: string): boolean => lstatSync(onDisk(path), { throwIfNoEntry: false }) !== undefined

const stagingIn = (commonDir: AbsolutePath): string => join(commonDir, 'wt', 'staging', 'relocate')

/** Where one of a circle waits: no two meet there, however alike their branches' names come out. */
const freeStaging = (commonDir: AbsolutePath, branch: BranchName): AbsolutePath => {
  for (let index = 0; ; index++) {
    const path = join(stagingIn(commonDir), `${index}-${branch.replaceAll(/[/\\]/g, '-')}`)
    if (!isThere(path)) return path as AbsolutePath
  }
}

const leaveStaging = (commonDir: AbsolutePath): void => {
  try {
    rmdirSync(onDisk(stagingIn(commonDir)))
  } catch {
    // Another one is at it, or something could not go back.
  }
}

/** The main worktree goes back to the default branch; if the branch then gets no worktree, it comes back. */
const splitMain = async ({ registry, defaultBranch }: Surroundings, { from, to, branch }: Move): Promise<void> => {
  if (defaultBranch === undefined) throw new TypeError('a plan for the main worktree without a default branch')
  await switchBranch(registry.writer, from, defaultBranch)
  try {
    await addWorktreeFor(registry, to, branch)
  } catch (error) {
    await switchBranch(registry.writer, from, branch)
    throw error
  }
}

const wordsOf = (error: unknown): string => {
  if (!(error instanceof WtError)) return error instanceof Error ? error.message : String(error)
  return error.message
}

/**
 * Carries a plan out. The first failure stops it: whoever had stepped aside goes back to where it was, as far as that is
 * free, so that nothing stays between two places.
 */
export const executeRelocation = async (plan: RelocationPlan, around: Surroundings): Promise<Executed> => {
  const { registry, now } = around
  const entries: RelocatedEntry[] = []
  const skipped: SkippedEntry[] = []
  const aside: { path: AbsolutePath; to: AbsolutePath }[] = []
  const staged = new Map<Move, AbsolutePath>()
  const stayed = new Set<AbsolutePath>()

  const skip = ({ branch, from }: Move, reason: RelocationSkip, detail: string): void => {
    stayed.add(from)
    skipped.push({ branch, reason, detail })
  }
  const perform = async (move: Move): Promise<void> => {
    const { branch, from, to, main, clobbers } = move
    if (stayed.has(to)) return skip(move, 'target_is_worktree', `the worktree at ${to} has not moved`)
    if (isThere(to)) {
      if (!clobbers) return skip(move, 'target_occupied', `something has appeared at ${to}`)
      aside.push({ path: to, to: setAside(to, stampOf(now)) })
    }
    if (main) await splitMain(around, move)
    else await moveWorktree(registry, staged.get(move) ?? from, to)
    staged.delete(move)
    entries.push({ branch, from, to })
  }

  let at: Move | undefined
  let failure: Executed['failure']
  try {
    for (const move of plan.aside) {
      at = move
      const place = freeStaging(registry.commonDir, move.branch)
      await moveWorktree(registry, move.from, place)
      staged.set(move, place)
    }
    for (const move of plan.moves) {
      at = move
      await perform(move)
    }
  } catch (error) {
    if (at === undefined) throw error
    failure = { branch: at.branch, message: wordsOf(error) }
  }
  for (const [move, place] of staged) {
    if (!isThere(move.from)) await moveWorktree(registry, place, move.from)
    else failure ??= { branch: move.branch, message: `${move.from} is taken` }
  }
  if (plan.aside.length > 0) leaveStaging(registry.commonDir)
  return { entries, skipped, setAside: aside, failure }
}
