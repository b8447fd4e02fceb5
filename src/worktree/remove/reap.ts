import { encodeBytes } from '../../core/bytes.ts'
import { canonical } from '../../git/paths.ts'
import { type Reaped, reapProcesses } from '../../host/reap.ts'
import type { Step } from './steps.ts'

/** Ends the processes that work in the worktrees that are about to go. */
export const reapIn = async (steps: readonly Step[]): Promise<readonly Reaped[]> => {
  const reaped: Reaped[] = []
  for (const step of steps) {
    if (step.kind !== 'worktree' || step.plan.stale) continue
    reaped.push(...(await reapProcesses(encodeBytes(canonical(step.plan.path)))))
  }
  return reaped
}
