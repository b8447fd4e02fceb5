import type { Column, Fitted } from './column.ts'

/** A column that has looked at its rows. */
export interface Candidate {
  readonly column: Column
  readonly fitted: Fitted
}

/** A column with its place in the line. */
interface Placed extends Candidate {
  readonly start: number
  readonly width: number
}

/** Which columns are shown and where, and which found no room. Both in display order. */
export interface Layout {
  readonly placed: readonly Placed[]
  readonly hidden: readonly Column[]
}

/** The gutter symbol; the first column follows after one blank, every other after two. */
const GUTTER = 1
const GAP = 2
/** A column without data comes after all columns with some. */
const DEMOTION = 14

const rank = ({ column, fitted }: Candidate): number => column.priority + (fitted.empty ? DEMOTION : 0)

/** A column that can be cut leaves room for the one after it, as long as it stays comfortable. */
const share = (fitted: Fitted, room: number, next: Candidate | undefined): number => {
  const shared = room - GAP - (next?.fitted.least ?? 0)
  const comfortable = fitted.comfortable !== undefined && shared >= fitted.comfortable
  return Math.min(fitted.ideal, next !== undefined && comfortable ? shared : room)
}

/** Hands out the width of a line by priority. A column without data never stands where one with data found no room. */
export const layOut = (candidates: readonly Candidate[], width: number | undefined): Layout => {
  const widths = new Map<Candidate, number>()
  let left = (width ?? Number.POSITIVE_INFINITY) - GUTTER
  let crowded = false
  const ranked = [...candidates].sort((a, b) => rank(a) - rank(b))
  for (const [at, candidate] of ranked.entries()) {
    const { least, empty } = candidate.fitted
    const room = left - (widths.size === 0 ? 1 : GAP)
    if (room < least || (empty && crowded)) {
      crowded ||= !empty
      continue
    }
    const taken = share(candidate.fitted, room, ranked[at + 1])
    widths.set(candidate, taken)
    left = room - taken
  }
  const placed: Placed[] = []
  let start = GUTTER + 1
  for (const candidate of candidates) {
    const taken = widths.get(candidate)
    if (taken === undefined) continue
    placed.push({ ...candidate, start, width: taken })
    start += taken + GAP
  }
  return { placed, hidden: candidates.filter((each) => !widths.has(each)).map(({ column }) => column) }
}
