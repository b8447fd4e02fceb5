import type { AddOutcome, ApprovalList } from '../hooks/result.ts'
import { gutter, message, phrase } from './message.ts'
import type { Style } from './style.ts'

const commandText = ({ phase, name, template, approved }: ApprovalList['commands'][number], style: Style): string => {
  const label = phrase(style)`${name === undefined ? phase : `${phase} ${name}`}`
  return `${message(approved ? 'success' : 'prompt', label, style)}\n${gutter(template, style)}\n`
}

/** The commands of the project, those that need approval behind the others, and approvals of nothing. */
export const renderApprovals = ({ commands, stale }: ApprovalList, style: Style): string => {
  const part = (head: string, texts: readonly string[]): string =>
    texts.length === 0 ? '' : `${style.bold(head)}\n${texts.join('')}`
  const parts = [
    part(
      'Approved',
      commands.filter(({ approved }) => approved).map((each) => commandText(each, style)),
    ),
    part(
      'Not approved',
      commands.filter(({ approved }) => !approved).map((each) => commandText(each, style)),
    ),
    part(
      'Approved, and no longer in the project',
      stale.map((text) => `${gutter(text, style)}\n`),
    ),
  ].filter((text) => text !== '')
  if (parts.length === 0) return `${message('info', 'this project has no commands that need approval', style)}\n`
  return parts.join('\n')
}

/** The same as `--json` prints it. */
export const approvalsJson = ({ commands, stale }: ApprovalList): unknown => ({
  state:
    commands.length === 0
      ? 'no_commands'
      : commands.every(({ approved }) => approved)
        ? 'approved'
        : 'approval_required',
  commands: commands.map(({ phase, name, template, approved }) => ({
    phase,
    ...(name !== undefined && { name }),
    template,
    approved,
  })),
  stale,
})

export const renderAdded = (outcome: AddOutcome, style: Style): string => {
  const line = (): string => {
    switch (outcome.kind) {
      case 'nothing-to-approve':
        return message('info', 'this project has no commands that need approval', style)
      case 'all-approved':
        return message('info', 'all commands of this project are approved already', style)
      case 'declined':
        return message('info', 'nothing was approved', style)
      case 'approved':
        return message(
          'success',
          `approved ${outcome.count === 1 ? 'one command' : `${outcome.count} commands`}`,
          style,
        )
    }
  }
  return `${line()}\n`
}

export const renderWithdrawn = (texts: readonly string[], style: Style): string => {
  const { length } = texts
  if (length === 0) return `${message('info', 'there was nothing to withdraw', style)}\n`
  const head = message('success', `withdrew ${length === 1 ? 'one approval' : `${length} approvals`}`, style)
  return `${[head, ...texts.map((text) => gutter(text, style))].join('\n')}\n`
}
