import type { AbsolutePath } from '../../core/ids.ts'
import type { ListRow } from '../../worktree/list/result.ts'
import { sanitize } from '../sanitize.ts'
import type { Style } from '../style.ts'
import type { ClaudeInput } from './claude-input.ts'
import { contextGauge, rateGauge } from './gauge.ts'
import { abbreviatedPath } from './path.ts'
import { joinSegments, rowSegments, segment } from './statusline.ts'

interface ClaudeOptions {
  readonly style: Style
  readonly width: number | undefined
  readonly home: AbsolutePath | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

const isWordCharacter = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_]/u.test(char)

const holdsWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + word.length])) return true
  }
  return false
}

/** Whether the folder's name says the branch already: a linked worktree at its place, the branch a whole word in it. */
const isNamedByFolder = ({ branch, worktree }: ListRow): boolean => {
  if (branch === undefined || branch === '' || worktree === undefined) return false
  if (worktree.primary || worktree.mismatched || worktree.detached) return false
  return holdsWord(worktree.path.split('/').at(-1) ?? '', branch.replace(/[/\\]/g, '-'))
}

/** The status line of an editor session: folder, what the worktree is up to, model, and how much room is left. */
export const renderClaudeStatusline = (
  { directory, model, contextPercent, allowances }: ClaudeInput,
  row: ListRow | undefined,
  { style, width, home, now }: ClaudeOptions,
): string => {
  const ofRow = row === undefined ? [] : rowSegments(row, style)
  const rate = rateGauge(allowances, now)
  return joinSegments(
    [
      segment(0, sanitize(directory === undefined ? '' : abbreviatedPath(directory, home))),
      ...(row !== undefined && directory !== undefined && isNamedByFolder(row) ? ofRow.slice(1) : ofRow),
      segment(1, sanitize(model ?? '')),
      segment(2, contextPercent === undefined ? '' : contextGauge(contextPercent)),
      segment(3, rate, style.yellow),
    ],
    width,
  )
}
