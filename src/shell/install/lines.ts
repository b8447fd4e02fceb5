import type { Shell } from '../shells.ts'

/** Shells whose start-up file gets a line; the others get files of their own. */
export type LineShell = 'bash' | 'zsh' | 'powershell'

/** The line that goes into a start-up file. */
export const integrationLine = (shell: LineShell, name: string): string =>
  shell === 'powershell'
    ? `if (Get-Command ${name} -ErrorAction SilentlyContinue) { Invoke-Expression (& ${name} config shell init powershell | Out-String) }`
    : `if command -v ${name} >/dev/null 2>&1; then eval "$(command ${name} config shell init ${shell})"; fi`

/** A program by name or path, as someone may have written it by hand. */
const PROGRAM = String.raw`(?:command\s+|&\s*|\\)?(?<program>"?(?:[\w.+~/-]|\$HOME|\$\{HOME\}|\\|[A-Z]:)+"?)`

/** The command itself, in the forms that have been in use. */
const init = (shell: Shell): string =>
  String.raw`${PROGRAM}\s+config\s+shell\s+init\s+${shell}(?:\s+--cmd[ =](?<cmd>[\w-]+))?`

const GUARD = String.raw`(?:if\s+command\s+-v\s+\S+\s+(?:>\s*\/dev\/null\s+2>&1|&>\s*\/dev\/null)\s*;\s*then\s+|command\s+-v\s+\S+\s+(?:>\s*\/dev\/null\s+2>&1|&>\s*\/dev\/null)\s*&&\s*)?`

const FORMS: Readonly<Record<LineShell, (shell: Shell) => readonly string[]>> = {
  bash: (shell) => [
    String.raw`${GUARD}eval\s+"\$\(${init(shell)}\)"(?:\s*;\s*fi)?`,
    String.raw`${GUARD}(?:source|\.)\s+<\(${init(shell)}\)(?:\s*;\s*fi)?`,
  ],
  zsh: (shell) => FORMS.bash(shell),
  powershell: (shell) => [
    String.raw`(?:if\s*\(Get-Command\s+\S+\s+-ErrorAction\s+SilentlyContinue\)\s*\{\s*)?(?:Invoke-Expression|iex)\s+\(+\s*${init(shell)}\s*\|\s*Out-String\s*\)+(?:\s*\})?`,
    String.raw`${init(shell)}\s*\|\s*Out-String\s*\|\s*(?:Invoke-Expression|iex)`,
  ],
}

/**
 * The command name that a line of a start-up file integrates; undefined for a line that is not wholly ours, such as one
 * that only quotes the command.
 */
export const integratedName = (line: string, shell: LineShell): string | undefined => {
  for (const form of FORMS[shell](shell)) {
    const groups = new RegExp(`^\\s*${form}\\s*$`, shell === 'powershell' ? 'i' : '').exec(line)?.groups
    if (groups === undefined) continue
    const program = (groups['program'] ?? '').replaceAll('"', '')
    return groups['cmd'] ?? program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1)
  }
  return undefined
}

/** A text as lines, each with its own ending. */
export const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []

/** The lines of a start-up file that are ours, with their endings. */
export const managedLines = (text: string, shell: LineShell): readonly string[] =>
  linesOf(text).filter((line) => integratedName(line.replace(/\r?\n$/, ''), shell) !== undefined)

/** The text without lines that are ours. */
export const withoutManagedLines = (text: string, shell: LineShell): string =>
  linesOf(text)
    .filter((line) => integratedName(line.replace(/\r?\n$/, ''), shell) === undefined)
    .join('')

const MARK = /^# wt (?:shell integration|completions) for (?:fish|nushell)\b/

/** Whether a whole file was written by `wt`: its first line says so. */
export const isOurs = (text: string): boolean => MARK.test(text)
