import type { Cell, ListRow } from '../../worktree/list/result.ts'
import type { Paint, Style } from '../style.ts'
import { displayWidth, truncate } from '../width.ts'
import { cellText, rowName } from './name.ts'
import { type Pair, type PairLook, pairText } from './pair.ts'
import { branchLines, COMMITS, commitCounts, LINES, UPSTREAM, upstreamCounts, workingLines } from './pairs.ts'
import { shownRow } from './shown-row.ts'
import { compactStatus } from './symbols.ts'

/** One piece of a status line. The higher its priority number, the sooner it goes when there is no room. */
export interface Segment {
  readonly text: string
  readonly plain: string
  readonly priority: number
}

const GAP = '  '

/** A segment in one colour, or in none. */
export const segment = (priority: number, plain: string, paint?: Paint): Segment => ({
  text: paint === undefined || plain === '' ? plain : paint(plain),
  plain,
  priority,
})

const pairSegment = (
  priority: number,
  lead: string,
  look: PairLook,
  pair: Cell<Pair | undefined>,
  style: Style,
): Segment => {
  if (pair === undefined || pair === 'pending') return segment(priority, '')
  const { text, plain } = pairText(look, pair, style)
  return plain === '' ? segment(priority, '') : { text: lead + text, plain: lead + plain, priority }
}

/** A row as segments, in order; what does not apply or is not known is an empty segment. The name comes first. */
export const rowSegments = (listed: ListRow, style: Style): readonly Segment[] => {
  const row = shownRow(listed)
  return [
    segment(1, cellText(rowName(row))),
    { ...compactStatus(row, style), priority: 2 },
    pairSegment(3, '@', LINES, workingLines(row), style),
    pairSegment(4, '', COMMITS, commitCounts(row), style),
    pairSegment(6, '^', LINES, branchLines(row), style),
    pairSegment(8, '', UPSTREAM, upstreamCounts(row), style),
  ]
}

const widthOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { plain }) => sum + displayWidth(plain) + GAP.length, -GAP.length)

/** The segment to give up first: the one of the highest number, the right-most of several. */
const leastImportant = (segments: readonly Segment[]): Segment | undefined =>
  segments.reduce<Segment | undefined>(
    (worst, each) => (worst && worst.priority > each.priority ? worst : each),
    undefined,
  )

/** Puts segments on one line, dropping whole ones until it fits; the last one left is cut. No width: no limit. */
export const joinSegments = (segments: readonly Segment[], width: number | undefined): string => {
  let shown = segments.filter(({ plain }) => plain !== '')
  if (width !== undefined && width > 0) {
    while (shown.length > 1 && widthOf(shown) > width) {
      const worst = leastImportant(shown)
      shown = shown.filter((each) => each !== worst)
    }
    const [only] = shown
    if (only !== undefined && widthOf(shown) > width) return truncate(only.plain, width)
  }
  return shown.map(({ text }) => text).join(GAP)
}

/** One row as a line for a prompt. No line break at the end. */
export const renderStatusline = (
  row: ListRow,
  { style, width }: { readonly style: Style; readonly width: number | undefined },
): string => joinSegments(rowSegments(row, style), width)
