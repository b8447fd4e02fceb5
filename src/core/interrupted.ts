/**
 * The command was cancelled by a signal while a program of the user's ran. Whoever catches it may tidy up and tell what
 * has been done, starts nothing more, and throws it on: the process then dies by the signal.
 */
export class Interrupted extends Error {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'
  constructor(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    super(`interrupted by ${signal}`)
    this.name = 'Interrupted'
    this.signal = signal
  }
}
