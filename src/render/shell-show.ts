import type { ShellState, ShowResult } from '../shell/show/result.ts'
import { gutter, type MessageKind, message, phrase } from './message.ts'
import type { Style } from './style.ts'

const LOOKS: Readonly<Record<ShellState['state'], readonly [MessageKind, string]>> = {
  installed: ['success', 'is installed in'],
  outdated: ['warning', 'is installed, but not as this wt would: '],
  absent: ['info', 'is not installed; it would go to'],
}

const shellText = ({ shell, available, state, paths, lines }: ShellState, style: Style): string => {
  const [kind, words] = LOOKS[state]
  const say = phrase(style)
  const missing = available ? '' : ' (no such program on PATH)'
  const head = say`${shell}${{ painted: missing }} ${{ painted: words }} ${paths[0] ?? ''}`
  const further = paths.slice(1).map((path) => say`and ${path}`.painted)
  return [message(kind, { painted: [head.painted, ...further].join('\n') }, style), gutter(lines.join('\n'), style)]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('')
}

/** Where the integration is or would be, as text. */
export const renderShells = ({ shells, loaded }: ShowResult, style: Style): string => {
  const now = loaded
    ? message('success', 'it is loaded in this shell: wt can change its directory', style)
    : message('info', 'it is not loaded here: wt was not run by its shell function', style)
  return `${shells.map((each) => shellText(each, style)).join('')}${now}\n`
}
