import type { Interrupted } from '../core/interrupted.ts'
import { closeProbeStores } from '../git/probe-store.ts'
import { endAll } from '../git/process.ts'
import { awaitChildren } from '../host/children.ts'
import { removeDrafts } from '../host/drafts.ts'

/** Ends what was started, then dies by the signal itself, so that a calling script or loop stops too. */
export const dieOf = (signal: Interrupted['signal']): void => {
  endAll('SIGTERM')
  closeProbeStores()
  removeDrafts()
  // Without a listener the default action is back.
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

/** On SIGINT, SIGTERM and SIGHUP: waits for a program of the user's that is running, then dies by that signal. */
export const dieBySignal = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!awaitChildren(signal)) dieOf(signal)
    })
  }
}
