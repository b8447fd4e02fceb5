import type { InstallResult, Note, Step } from '../shell/install/result.ts'
import { renderError } from './error.ts'
import { gutter, type MessageKind, message, phrase } from './message.ts'
import type { Style } from './style.ts'

/** A step as it is told before (`would`) or after. */
const stepText = (step: Step, would: boolean, style: Style): string => {
  const say = phrase(style)
  const kind: MessageKind = would ? 'info' : 'success'
  const { shell, path } = step
  switch (step.kind) {
    case 'append':
      return `${message(kind, say`${{ painted: would ? 'would add to' : 'added to' }} ${path} for ${{ painted: shell }}`, style)}\n${gutter(step.line, style)}\n`
    case 'cut':
      return `${message(kind, say`${{ painted: would ? 'would remove from' : 'removed from' }} ${path}`, style)}\n${gutter(step.lines.join(''), style)}\n`
    case 'write':
      return `${message(kind, say`${{ painted: would ? 'would write' : 'wrote' }} ${path} for ${{ painted: shell }}`, style)}\n`
    case 'delete':
      return `${message(kind, say`${{ painted: would ? 'would delete' : 'deleted' }} ${path}`, style)}\n`
  }
}

const notes = (list: readonly Note[], words: (note: Note) => string, style: Style): string =>
  list.map((note) => `${message('info', words(note), style)}\n`).join('')

const settledText =
  (action: InstallResult['action']) =>
  ({ shell, path }: Note): string =>
    action === 'install' ? `${shell} has it already: ${path}` : `nothing of wt for ${shell}: ${path}`

/** What an install or uninstall did, or would do. Everything of it is narration. */
export const renderInstall = (result: InstallResult, style: Style): string => {
  const { action, outcome, steps, settled, skipped, problems, restart, needsCompinit } = result
  const parts = [
    ...(outcome === 'declined' ? [`${message('info', 'nothing was changed', style)}\n`] : []),
    ...(outcome === 'declined' ? [] : steps.map((step) => stepText(step, outcome === 'planned', style))),
    notes(settled, settledText(action), style),
    notes(skipped, ({ shell, path }) => `${shell} is left out, because there is no ${path}`, style),
    ...problems.map((problem) => renderError(problem, style)),
  ]
  if (needsCompinit && outcome !== 'declined') {
    const text = 'completion in zsh needs its completion system; to have it: autoload -Uz compinit && compinit'
    parts.push(`${message('hint', text, style)}\n`)
  }
  if (restart) {
    const text =
      action === 'install'
        ? 'it works in shells that are started from now on'
        : 'shells that run keep it until they end'
    parts.push(`${message('hint', text, style)}\n`)
  }
  return parts.join('')
}
