import bash from './prompt.bash'
import fish from './prompt.fish'
import sh from './prompt.sh'
import zsh from './prompt.zsh'
import refresh from './refresh.sh'

const SCRIPTS = { bash, zsh, fish, sh } as const

export type PromptShell = keyof typeof SCRIPTS

/** The shells there is a segment for; `sh` is a program of its own, for prompts that can only run one. */
export const PROMPT_SHELLS = Object.keys(SCRIPTS) as readonly PromptShell[]

/** Whether the name of a program can stand in every shell as it is. */
export const isPlainCommand = (name: string): boolean => /^[A-Za-z0-9._+/][A-Za-z0-9._+/-]*$/.test(name)

/** Comments are for who reads the sources; a shell reads this at each start. */
const withoutComments = (script: string): string => script.replace(/^ *# .*\n/gm, '')

/** Single quotes mean the same in all these shells, but that fish also takes a backslash before one of its two. */
const quotable = (shell: PromptShell, script: string): string =>
  shell === 'fish' ? script.replace(/[\\']/g, '\\$&') : script.replaceAll("'", "'\\''")

/** The code that gives a shell its segment. `command` is the program that makes lines anew, and is a plain command. */
export const promptCode = (shell: PromptShell, command: string): string => {
  const refresher = withoutComments(refresh)
    .replace(/\bWT\b/, () => command)
    .trimEnd()
  const code = SCRIPTS[shell].replace(/@(1[DEF])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return code.replace(/\bREFRESH\b/, () => quotable(shell, refresher))
}
