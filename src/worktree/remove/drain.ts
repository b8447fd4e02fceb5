import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { AbsolutePath } from '../../core/ids.ts'
import { drain } from '../../git/trash/drain.ts'
import { takePlaceholders } from './leave.ts'

/** Milliseconds that a shell has to leave a directory that is gone. */
const MOMENT = 1000

/** Empties the trash, out of everybody's way, and takes empty directories away that were put where a shell stood. */
export const runDrain = async ({
  commonDir,
  placeholders,
  now,
}: {
  readonly commonDir: AbsolutePath
  readonly placeholders: readonly AbsolutePath[]
  readonly now: () => number
}): Promise<void> => {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch {
    // Then it is done at the usual pace.
  }
  const moved = placeholders.length === 0 ? undefined : sleep(MOMENT)
  await drain(commonDir, now)
  await moved
  takePlaceholders(placeholders)
}
