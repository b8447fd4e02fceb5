import { basename } from 'node:path'
import { type HandOff, openHandOff } from '../host/hand-off.ts'
import type { InstallPlace } from './install/place.ts'

interface Started extends InstallPlace {
  /** The words that start this program again. */
  readonly program: readonly string[] | undefined
}

/** Shells whose files are found without asking a program. */
const READABLE = ['bash', 'zsh', 'fish']

/** Whether the user's shell has the integration once it is started anew. One that would have to be asked counts as without. */
const isSetUp = async ({ program, ...place }: Started): Promise<boolean> => {
  const name = basename(place.env['SHELL'] ?? '')
  if (!READABLE.includes(name)) return false
  const [{ showShells }, { commandName }, { toShell }] = await Promise.all([
    import('./show/run.ts'),
    import('./command-name.ts'),
    import('./shells.ts'),
  ])
  const { shells } = showShells(place, toShell(name), commandName(undefined, program?.[1]))
  return shells.some(({ state }) => state === 'installed')
}

/** Only a hint hangs on it: a home that can't be looked at counts as without, too. */
const isReadilySetUp = (started: Started): Promise<boolean> => isSetUp(started).catch(() => false)

/** The way to the shell that `wt` was called from. Where there is none, it is told whether a new shell would have one. */
export const findHandOff = async (started: Started): Promise<HandOff> => {
  const handOff = openHandOff(started.env, started.program?.[1])
  if (handOff.kind === 'integrated' || handOff.why !== 'no-wrapper') return handOff
  return (await isReadilySetUp(started)) ? { kind: 'none', why: 'not-loaded' } : handOff
}
