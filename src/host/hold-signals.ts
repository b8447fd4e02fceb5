import type { Interrupted } from '../core/interrupted.ts'
import { interruptBy } from './children.ts'

const SIGNALS: readonly Interrupted['signal'][] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Does something that must not be left half done. A signal that comes meanwhile counts once it is over: then the command
 * is cancelled, and the process dies of it.
 */
export const holdingSignals = async <T>(act: () => Promise<T>): Promise<T> => {
  const before = SIGNALS.map((signal) => [signal, process.listeners(signal)] as const)
  let received: Interrupted['signal'] | undefined
  for (const [signal] of before) {
    process.removeAllListeners(signal)
    process.on(signal, () => {
      received ??= signal
    })
  }
  try {
    return await act()
  } finally {
    for (const [signal, listeners] of before) {
      process.removeAllListeners(signal)
      for (const listener of listeners) process.on(signal, listener)
    }
    if (received !== undefined) interruptBy(received)
  }
}
