import { constants } from 'node:os'
import { takeSignal } from '../git/foreground.ts'
import { closeProbeStores } from '../git/probe-store.ts'
import { endAll } from '../git/process.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What a shell shows for a process that a signal has ended. */
export const codeAfter = (signal: NodeJS.Signals): number => 128 + (constants.signals[signal] ?? 0)

/** Ends what was started, then dies by the signal itself, so that a calling loop stops too. */
export const dieBy = (signal: NodeJS.Signals): void => {
  endAll('SIGTERM')
  closeProbeStores()
  // Without a listener the default action is back.
  process.removeAllListeners(signal)
  process.kill(process.pid, signal)
}

/**
 * On SIGINT, SIGTERM and SIGHUP: dies by that signal at once, unless something is under way that must come to an end first;
 * that then fails with Interrupted, and the process dies when it is cleared up.
 */
export const dieBySignal = (): void => {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!takeSignal(signal)) dieBy(signal)
    })
  }
}
