import { join } from 'node:path'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { detachHead, switchBranch } from '../../git/move-worktree.ts'
import type { GitWriter } from '../../git/writer.ts'
import type { IgnoredEntry } from '../ignored/plan.ts'
import type { Promotion } from './plan.ts'
import { closeStaging, moveEntry, openStaging } from './staging.ts'

/** Something that has been done, and how to undo it. */
type Undo = () => Promise<void>

/** Undoes what was done, the last first. What can't be undone is named by the error that it throws. */
const undoAll = async (undos: readonly Undo[]): Promise<void> => {
  for (const undo of [...undos].reverse()) await undo()
}

/**
 * Changes the branches of two worktrees; their ignored files wait in the staging place and follow. Whatever fails,
 * everything goes back to where it was; if even that fails, the files are in the staging place, and the error says so.
 * Answers how many entries have moved. Throws what git and the file system throw.
 */
export const executePromotion = async (
  writer: GitWriter,
  place: AbsolutePath,
  { main, target }: Promotion,
  entries: { readonly main: readonly IgnoredEntry[]; readonly target: readonly IgnoredEntry[] },
): Promise<number> => {
  const [a, b] = [join(place, 'a'), join(place, 'b')] as AbsolutePath[] as [AbsolutePath, AbsolutePath]
  const undos: Undo[] = []
  let swapped = 0
  const move = async (from: AbsolutePath, to: AbsolutePath, entry: IgnoredEntry): Promise<boolean> => {
    const moved = await moveEntry(from, to, entry)
    if (moved) undos.push(async () => void (await moveEntry(to, from, entry)))
    return moved
  }
  openStaging(place, { a: main.branch, b: target.branch })
  try {
    for (const entry of entries.main) await move(main.path, a, entry)
    for (const entry of entries.target) await move(target.path, b, entry)
    await detachHead(writer, target.path)
    undos.push(() => switchBranch(writer, target.path, target.branch))
    await switchBranch(writer, main.path, target.branch)
    undos.push(() => switchBranch(writer, main.path, main.branch))
    await switchBranch(writer, target.path, main.branch)
    undos.push(() => detachHead(writer, target.path))
    for (const entry of entries.main) if (await move(a, target.path, entry)) swapped += 1
    for (const entry of entries.target) if (await move(b, main.path, entry)) swapped += 1
  } catch (error) {
    try {
      await undoAll(undos)
      closeStaging(place)
    } catch (second) {
      const why = second instanceof Error ? second.message : String(second)
      throw new WtError('PROMOTE_UNFINISHED', `ignored files are left in ${place}: ${why}`, {
        hint: `how to finish: cat '${join(place, 'how-to-finish.txt')}'`,
        cause: error,
      })
    }
    throw error
  }
  closeStaging(place)
  return swapped
}
