import type { LineCounts } from '../../core/facts.ts'
import type { Worktree } from '../../core/worktrees.ts'
import type { WorktreeStatus } from '../../git/status.ts'
import { fingerprintOf } from '../../git/working/fingerprint.ts'
import { countWorking } from '../../git/working/lines.ts'
import type { Board } from './board.ts'
import { type FileSources, keyOf, workingTree } from './working-tree.ts'

type Remembered = LineCounts & { readonly print: string }

/** Counts the lines of one worktree's changes, or remembers them from the last time they looked the same. */
export const countChanges = async (
  board: Board,
  worktree: Worktree,
  status: WorktreeStatus,
  { memory, probes }: FileSources,
): Promise<void> => {
  if (status.entries.length === 0) return
  const key = `${keyOf(worktree)} lines`
  const print = fingerprintOf(worktree.path, worktree.head, status)
  board.fingerprints.set(worktree, print)
  const known = memory.get(key) as Remembered | undefined
  if (known !== undefined && known.print === print) {
    board.lines.set(worktree, { added: known.added, deleted: known.deleted })
    return
  }
  const counts = await countWorking(board.basis.repository.git, workingTree(board, worktree, status), probes)
  board.lines.set(worktree, counts)
  // Recognised later only if nothing changed while it was counted.
  if (print !== undefined && print === fingerprintOf(worktree.path, worktree.head, status)) {
    memory.set(key, { print, ...counts })
  }
}
