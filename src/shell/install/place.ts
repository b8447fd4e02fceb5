import { isAbsolute, join } from 'node:path'
import { programAnswer } from '../../host/program-answer.ts'

export interface InstallPlace {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string | undefined
  /** Default: this machine's. */
  readonly platform?: NodeJS.Platform
}

/** An absolute value of a variable. A relative or empty one must never lead to the current directory. */
const directoryFrom = (value: string | undefined): string | undefined =>
  value !== undefined && isAbsolute(value) ? value : undefined

const under = (directory: string | undefined, ...names: readonly string[]): string | undefined =>
  directory === undefined ? undefined : join(directory, ...names)

/** The file that bash reads in every interactive shell. Undefined without a home. */
export const bashFile = ({ home }: InstallPlace): string | undefined => under(home, '.bashrc')

/** The same for zsh. */
export const zshFile = ({ env, home }: InstallPlace): string | undefined =>
  under(directoryFrom(env['ZDOTDIR']) ?? home, '.zshrc')

/** Where fish has its `functions`, `completions` and `conf.d`. */
export const fishDirectory = ({ env, home }: InstallPlace): string | undefined =>
  under(directoryFrom(env['XDG_CONFIG_HOME']) ?? under(home, '.config'), 'fish')

/** The directory that nushell loads by itself; asked from nushell, so undefined where that is not installed. */
export const nuDirectory = ({ env }: InstallPlace): string | undefined =>
  directoryFrom(programAnswer('nu', ['--no-config-file', '--commands', '$nu.vendor-autoload-dirs | last'], env))

const POWERSHELL = ['-NoProfile', '-NonInteractive', '-Command', '$PROFILE.CurrentUserCurrentHost']

/** The profiles of PowerShell: asked from it, or, on Windows, where both of its lines look for them. */
export const powershellFiles = ({ env, home, platform = process.platform }: InstallPlace): readonly string[] => {
  if (platform === 'win32' && home !== undefined) {
    return ['PowerShell', 'WindowsPowerShell'].map((name) =>
      join(home, 'Documents', name, 'Microsoft.PowerShell_profile.ps1'),
    )
  }
  return [directoryFrom(programAnswer('pwsh', POWERSHELL, env))].flatMap((path) => path ?? [])
}
