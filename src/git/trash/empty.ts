import { setTimeout as sleep } from 'node:timers/promises'
import type { Staged } from '../../core/applied.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { drain } from './drain.ts'
import { type Progress, settle } from './settle.ts'
import { statOf } from './tree.ts'

/** Milliseconds for which another process that empties the trash is waited for. */
const PATIENCE = 30_000

/**
 * Empties the trash and comes back when these directories are gone. Where another process is at it, that one is waited
 * for; after a while these are deleted all the same.
 */
export const emptyTrash = async (
  commonDir: AbsolutePath,
  mine: readonly Staged[],
  { now, progress }: { readonly now: () => number; readonly progress: Progress },
): Promise<void> => {
  const last = performance.now() + PATIENCE
  const isOpen = (): boolean => mine.some(({ staged }) => statOf(staged) !== undefined)
  while ((await drain(commonDir, now, progress)) === 'busy' && isOpen() && performance.now() < last) await sleep(20)
  for (const { staged, kept } of mine) if (statOf(staged) !== undefined) settle(staged, kept, progress)
}
