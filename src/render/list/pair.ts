import type { Paint, Style } from '../style.ts'
import { shortCount } from './number.ts'

/** Two numbers, such as lines added and deleted. A zero is not shown. */
export interface Pair {
  readonly left: number
  readonly right: number
}

/** How the two numbers of a pair are told apart. Each symbol takes one cell. */
export interface PairLook {
  readonly left: string
  readonly right: string
  readonly paintLeft: (style: Style) => Paint
  readonly paintRight: (style: Style) => Paint
  /** What stands for two zeros; usually nothing. */
  readonly even?: string
}

/** One number of a pair with its symbol; as many cells wide as it is long. */
export const half = (symbol: string, count: number): string => (count > 0 ? symbol + shortCount(count) : '')

/** Both numbers without alignment, painted and plain: `+3 -1`. Nothing for two zeros. */
export const pairText = (
  look: PairLook,
  { left, right }: Pair,
  style: Style,
): { readonly text: string; readonly plain: string } => {
  const [first, second] = [half(look.left, left), half(look.right, right)]
  const gap = first !== '' && second !== '' ? ' ' : ''
  const painted = [first && look.paintLeft(style)(first), second && look.paintRight(style)(second)]
  return { text: painted.join(gap), plain: first + gap + second }
}
