import type { ListRow, MainState } from '../../worktree/list/result.ts'
import { sanitize } from '../sanitize.ts'
import type { Paint, Style } from '../style.ts'
import { displayWidth, fitStart } from '../width.ts'
import { type Line, put } from './line.ts'
import { shownRow } from './shown-row.ts'

type Tone = 'cyan' | 'yellow' | 'red' | 'dim' | undefined

/** One position of the status cell. Several may be blank. */
interface Glyph {
  readonly text: string
  readonly tone?: Tone
}

const glyph = (text: string, tone: Tone): Glyph => ({ text, tone })

const BLANK: Glyph = { text: '' }
const STAGED = glyph('+', 'cyan')
const MODIFIED = glyph('!', 'cyan')
const UNTRACKED = glyph('?', 'cyan')
const UNMERGED = glyph('✘', 'red')
const OPERATION = glyph('↻', 'yellow')
const GONE = glyph('⊟', 'yellow')
const LOCKED = glyph('⊞', 'yellow')
const DETACHED = glyph('⊘', 'yellow')
const MISPLACED = glyph('⚐', 'dim')
const NO_WORKTREE = glyph('/', 'dim')

const STATES: Readonly<Record<MainState, Glyph>> = {
  is_main: glyph('^', 'dim'),
  orphan: glyph('∅', 'dim'),
  empty: glyph('_', 'dim'),
  integrated: glyph('⊂', 'dim'),
  would_conflict: glyph('✗', 'yellow'),
  same_commit: glyph('–', 'dim'),
  diverged: glyph('↕', 'dim'),
  ahead: glyph('↑', 'dim'),
  behind: glyph('↓', 'dim'),
}

const IN_SYNC = glyph('|', 'dim')
const TO_PUSH = glyph('⇡', 'dim')
const TO_PULL = glyph('⇣', 'dim')
const BOTH_WAYS = glyph('⇅', 'dim')

/** How many cells the seven positions take: one each, two for the marker. */
export const STATUS_WIDTH = 8
const MARKER_WIDTH = 2

const changesOf = (row: ListRow) => (row.worktree?.changes === 'pending' ? undefined : row.worktree?.changes)

/** What the worktree itself is up to: the first of these that holds. */
const situation = (row: ListRow): Glyph => {
  const { worktree } = row
  if (worktree === undefined) return NO_WORKTREE
  if (changesOf(row)?.conflicted === true) return UNMERGED
  if (worktree.operation !== undefined) return OPERATION
  if (worktree.prunable !== undefined || worktree.broken !== undefined) return GONE
  if (worktree.locked !== undefined) return LOCKED
  if (worktree.detached) return DETACHED
  return worktree.duplicate || worktree.mismatched ? MISPLACED : BLANK
}

const mainState = ({ state }: ListRow, open: Glyph): Glyph =>
  state === undefined ? BLANK : state === 'pending' ? open : STATES[state]

const upstream = ({ upstream: counts }: ListRow, open: Glyph): Glyph => {
  if (counts === undefined) return BLANK
  if (counts === 'pending') return open
  return counts.ahead > 0 ? (counts.behind > 0 ? BOTH_WAYS : TO_PUSH) : counts.behind > 0 ? TO_PULL : IN_SYNC
}

const marker = (row: ListRow): Glyph =>
  row.marker === undefined ? BLANK : { text: fitStart(sanitize(row.marker), MARKER_WIDTH) }

/** The seven positions of a row's status; what is still to come shows as `open`. */
const positions = (row: ListRow, open: Glyph): readonly Glyph[] => {
  const changes = changesOf(row)
  return [
    changes?.staged === true ? STAGED : row.worktree?.changes === 'pending' ? open : BLANK,
    changes?.modified === true ? MODIFIED : BLANK,
    changes?.untracked === true ? UNTRACKED : BLANK,
    situation(row),
    mainState(row, open),
    upstream(row, open),
    marker(row),
  ]
}

const toneOf = (style: Style, { tone }: Glyph): Paint | undefined => (tone === undefined ? undefined : style[tone])

const paintGlyph = (style: Style, shown: Glyph): string =>
  shown.text === '' ? '' : (toneOf(style, shown)?.(shown.text) ?? shown.text)

/** Draws a status cell: every symbol in its own place, so that the eye can run down one of them. */
export const drawStatus = (
  line: Line,
  start: number,
  row: ListRow,
  { style, open }: { readonly style: Style; readonly open: string },
): void => {
  const shown = positions(row, open === '' ? BLANK : glyph(open, 'dim'))
  for (let at = 0; at < shown.length; at += 1) {
    const each = shown[at]
    if (each === undefined || each === BLANK) continue
    put(line, start + at, each.text, at < shown.length - 1 ? 1 : displayWidth(each.text), toneOf(style, each))
  }
}

/** The same symbols without gaps, for a prompt: painted and plain. */
export const compactStatus = (row: ListRow, style: Style): { readonly text: string; readonly plain: string } => {
  const shown = positions(shownRow(row), BLANK)
  return {
    text: shown.map((position) => paintGlyph(style, position)).join(''),
    plain: shown.map((position) => position.text).join(''),
  }
}

/** The bare symbols for scripts. Unlike the table these tell renames (`»`) and deletions (`✘`) too. */
export const rawSymbols = (listed: ListRow): string => {
  const row = shownRow(listed)
  const changes = changesOf(row)
  const tree = [
    changes?.staged === true ? '+' : '',
    changes?.modified === true ? '!' : '',
    changes?.untracked === true ? '?' : '',
    changes?.renamed === true ? '»' : '',
    changes?.deleted === true ? '✘' : '',
  ]
  const rest = [situation(row), mainState(row, BLANK), upstream(row, BLANK)].map(({ text }) => text)
  return [...tree, ...rest, row.marker ?? ''].join('')
}

/** What kind of row this is: the mark in front of it. */
export const gutterSymbol = (row: ListRow): string => {
  if (row.worktree?.current === true) return '@'
  if (row.worktree?.primary === true) return '^'
  return row.kind === 'worktree' ? '+' : row.kind === 'branch' ? '/' : '|'
}
