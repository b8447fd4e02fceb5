import type { PromptLine } from '../../core/prompt-line.ts'
import type { ListResult, ListRow } from '../../worktree/list/result.ts'
import { makeStyle } from '../style.ts'
import { renderStatusline } from './statusline.ts'

const isKnown = (cell: unknown): boolean =>
  cell !== 'pending' && !(typeof cell === 'object' && Object.values(cell ?? {}).includes('pending'))

/** Nothing is missing that a status line would show. */
const isComplete = ({ commit, comparison, upstream, state, worktree }: ListRow): boolean =>
  [commit, comparison, upstream, state, worktree?.changes].every(isKnown)

/** The lines that the prompts of the listed worktrees show, of those about which everything is known. */
export const promptLines = ({ rows }: ListResult): readonly PromptLine[] =>
  rows.flatMap((row) => {
    const place = row.worktree?.prompt
    return place === undefined || !isComplete(row)
      ? []
      : [{ place, text: () => renderStatusline(row, { style: makeStyle(true), width: undefined }) }]
  })
