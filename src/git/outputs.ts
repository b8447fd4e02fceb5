import { channel } from 'node:diagnostics_channel'

/** What a git has printed, for whoever listens to all of them. */
export interface GitPrinted {
  readonly args: readonly string[]
  readonly cwd: string
  readonly code: number | undefined
  readonly stdout: Uint8Array
  readonly stderr: string | Uint8Array
}

const printed = channel('wt.git-printed')

/** Hands on what a git has printed. Costs nothing while nobody listens. */
export const tellPrinted = (git: GitPrinted): void => {
  if (printed.hasSubscribers) printed.publish(git)
}

/** Listens to what every git of this process prints, until the function that it answers with is called. */
export const hearPrinted = (tell: (git: GitPrinted) => void): (() => void) => {
  const heard = (message: unknown): void => tell(message as GitPrinted)
  printed.subscribe(heard)
  return () => void printed.unsubscribe(heard)
}
