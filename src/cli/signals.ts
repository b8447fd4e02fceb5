import type { Interrupted } from '../core/interrupted.ts'
import { takeSignal } from '../git/foreground.ts'
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

/**
 * On SIGINT, SIGTERM and SIGHUP: dies by that signal at once, unless something is under way that must come to an end
 * first: a program of the user's, or a git that writes. That then fails with Interrupted.
 */
export const dieBySignal = (): void => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const [git, children] = [takeSignal(signal), awaitChildren(signal)]
      if (!git && !children) dieOf(signal)
    })
  }
}
