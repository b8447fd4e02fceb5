import { closeProbeStores } from '../git/probe-store.ts'
import { endAll } from '../git/process.ts'
import { removeDrafts } from '../host/drafts.ts'

/** On SIGINT, SIGTERM and SIGHUP: ends what was started, then dies by that signal, so that a calling loop stops too. */
export const dieBySignal = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      endAll('SIGTERM')
      closeProbeStores()
      removeDrafts()
      // The listener is gone, so the default action is back.
      process.kill(process.pid, signal)
    })
  }
}
