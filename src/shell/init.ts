import type { CommandSpec } from '../core/command-spec.ts'
import { identOf } from './command-name.ts'
import { completionTable } from './completion/table.ts'
import { fishQuoted, posixQuoted } from './quote.ts'
import candidates from './scripts/candidates.sh'
import completeBash from './scripts/complete.bash'
import completeFish from './scripts/complete.fish'
import completePowershell from './scripts/complete.ps1'
import completeZsh from './scripts/complete.zsh'
import wrapperBash from './scripts/wrapper.bash'
import wrapperFish from './scripts/wrapper.fish'
import wrapperNu from './scripts/wrapper.nu'
import wrapperPowershell from './scripts/wrapper.ps1'
import wrapperZsh from './scripts/wrapper.zsh'
import type { Shell } from './shells.ts'

/** Lines of nothing but a comment are for whoever reads the source; every shell that starts would read them too. */
const withoutComments = (script: string): string => script.replace(/^[ \t]*#.*\n/gm, '')

/** Replaces every mark, and takes no `$&` in the text for more than it is. */
export const put = (script: string, mark: string, text: string): string => script.replaceAll(mark, () => text)

const named = (script: string, name: string): string =>
  put(put(withoutComments(script), '__IDENT__', identOf(name)), '__NAME__', name)

/** The sh script that finds candidates (scripts/candidates.sh), for these commands. It may ask the program `name`. */
export const candidatesScript = (
  specs: readonly CommandSpec[],
  { told, name = 'wt' }: { readonly told: boolean; readonly name?: string },
): string =>
  put(put(withoutComments(candidates), '__PROGRAM__', name), '__TABLE__ "$1"', completionTable(specs, { told }))

/** bash expands aliases in a text as it reads it, one command after the other. */
const withoutBashAliases = (script: string): string =>
  `__wt_aliases=$(\\builtin shopt -p expand_aliases) || \\builtin :
\\builtin shopt -u expand_aliases
${script}\\builtin eval "\\\\builtin $__wt_aliases"
\\builtin unset -v __wt_aliases
`

/** zsh keeps the options of `emulate -c` for the functions defined in it: those of the user change nothing inside. */
const withOwnOptions = (script: string): string =>
  `'builtin' 'emulate' '-R' 'zsh' '-o' 'no_aliases' '-c' '${script.replaceAll("'", "'\\''")}'\n`

/** What registers completion alone. Empty where it is part of the wrapper (nushell). */
export const completionScript = (shell: Shell, name: string, specs: readonly CommandSpec[]): string => {
  const filled = (script: string, quoted: string): string => put(named(script, name), '__CANDIDATES__', quoted)
  switch (shell) {
    case 'bash':
      return withoutBashAliases(filled(completeBash, posixQuoted(candidatesScript(specs, { told: false, name }))))
    case 'zsh':
      return withOwnOptions(filled(completeZsh, posixQuoted(candidatesScript(specs, { told: true, name }))))
    case 'fish':
      return filled(completeFish, fishQuoted(candidatesScript(specs, { told: true, name })))
    case 'powershell':
      return named(completePowershell, name)
    case 'nu':
      return ''
  }
}

const wrapperScript = (shell: Shell, name: string): string => {
  switch (shell) {
    case 'bash':
      return withoutBashAliases(named(wrapperBash, name))
    case 'zsh':
      return withOwnOptions(named(wrapperZsh, name))
    case 'fish':
      return named(wrapperFish, name)
    case 'powershell':
      return named(wrapperPowershell, name)
    case 'nu':
      return named(wrapperNu, name)
  }
}

/** The whole code that a shell evaluates when it starts: wrapper and completion under one name. */
export const initScript = (shell: Shell, name: string, specs: readonly CommandSpec[]): string =>
  `# wt shell integration for ${shell}\n${wrapperScript(shell, name)}${completionScript(shell, name, specs)}`
