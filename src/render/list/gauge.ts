import { shortSpan } from './age.ts'
import type { Allowance } from './claude-input.ts'

/** The moon wanes with what is left: full down to a half, then a quarter, a tenth, a last sliver. */
const MOONS: readonly (readonly [left: number, moon: string])[] = [
  [50, '🌕'],
  [25, '🌔'],
  [10, '🌓'],
  [3, '🌒'],
]

const clamp = (percent: number): number => Math.min(100, Math.max(0, percent))

/** How full the context is: `🌔 62%`. */
export const contextGauge = (usedPercent: number): string => {
  const used = clamp(usedPercent)
  const moon = MOONS.find(([left]) => 100 - used >= left)?.[1] ?? '🌑'
  return `${moon} ${Math.round(used)}%`
}

/** Below this share of the window, or of the allowance, a projection is noise. */
const EARLY = 0.05

/** How many times over an allowance would be used at this rate; undefined when there is nothing to worry about. */
const paceOf = ({ window, usedPercent, resetsAt }: Allowance, now: number): number | undefined => {
  const left = resetsAt - now / 1000
  const passed = 1 - left / window
  if (left <= 0 || passed <= EARLY || usedPercent / 100 <= EARLY) return undefined
  const pace = usedPercent / 100 / passed
  return pace > 1 ? pace : undefined
}

/** The allowance that runs out soonest at this rate, and when it is renewed: `1.8× 3h`. Empty when none will. */
export const rateGauge = (allowances: readonly Allowance[], now: number): string => {
  let worst: { readonly pace: number; readonly left: number } | undefined
  for (const allowance of allowances) {
    const pace = paceOf(allowance, now)
    if (pace !== undefined && pace > (worst?.pace ?? 0)) worst = { pace, left: allowance.resetsAt - now / 1000 }
  }
  return worst === undefined ? '' : `${worst.pace.toFixed(1)}× ${shortSpan(worst.left)}`
}
