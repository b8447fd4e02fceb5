/** The shells that `wt` goes into, in the order in which they are told of. */
export const SHELLS = ['bash', 'zsh', 'fish', 'nu', 'powershell'] as const

export type Shell = (typeof SHELLS)[number]

/** The shell of that name, or undefined. */
export const toShell = (name: string): Shell | undefined => SHELLS.find((shell) => shell === name)
