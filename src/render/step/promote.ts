import type { PromoteResult } from '../../worktree/promote/result.ts'
import { countText } from '../amount.ts'
import { renderRefusal } from '../error.ts'
import { message, phrase } from '../message.ts'
import type { Style } from '../style.ts'

/** What was done, as `--json` prints it; undefined for a refusal. */
export const promoteJson = (result: PromoteResult): unknown => {
  switch (result.kind) {
    case 'already-in-main':
      return { outcome: 'already_in_main', branch: result.branch }
    case 'refused':
      return undefined
    case 'planned':
    case 'promoted': {
      const { kind, target, mainBranch, swapped, mismatch } = result
      return { outcome: kind, target, main_branch: mainBranch, swapped, mismatch }
    }
  }
}

/** What was done, in words. */
export const renderPromote = (result: PromoteResult, style: Style): string => {
  const say = phrase(style)
  switch (result.kind) {
    case 'already-in-main':
      return `${message('info', say`${result.branch} is in the main worktree already`, style)}\n`
    case 'refused':
      return renderRefusal(result.refusal, style)
    case 'planned':
    case 'promoted': {
      const { kind, target, mainBranch, swapped, mismatch } = result
      const with_ = { painted: swapped === 0 ? '' : `, with ${countText(swapped, 'ignored entry', 'ignored entries')}` }
      if (kind === 'planned') return `${message('info', say`would swap ${mainBranch} and ${target}${with_}`, style)}\n`
      const done = message(
        'success',
        say`${target} is in the main worktree now, ${mainBranch} where it was${with_}`,
        style,
      )
      const hint = mismatch ? `${message('hint', 'to undo: wt step promote, in the main worktree', style)}\n` : ''
      return `${done}\n${hint}`
    }
  }
}
