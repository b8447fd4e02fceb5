import { constants, setPriority } from 'node:os'
import type { AbsolutePath } from '../../core/ids.ts'
import { drain } from '../../git/trash/drain.ts'

/** Empties the trash, out of everybody's way. */
export const runDrain = async (commonDir: AbsolutePath, now: () => number): Promise<void> => {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch {
    // Then it is done at the usual pace.
  }
  await drain(commonDir, now)
}
