interface Unit {
  readonly seconds: number
  readonly name: string
}

const UNITS: readonly Unit[] = [
  { seconds: 31_557_600, name: 'y' },
  { seconds: 2_629_800, name: 'mo' },
  { seconds: 604_800, name: 'w' },
  { seconds: 86_400, name: 'd' },
  { seconds: 3_600, name: 'h' },
  { seconds: 60, name: 'm' },
]

const LONGEST = 999

/** A length of time in its largest unit. */
export const shortSpan = (seconds: number): string => {
  const unit = UNITS.find((each) => seconds >= each.seconds)
  if (unit === undefined) return 'now'
  const count = Math.floor(seconds / unit.seconds)
  return count > LONGEST ? `>${LONGEST}${unit.name}` : `${count}${unit.name}`
}

/** How long ago, in a few cells: `now`, `5m`, `3h`, `2d`, `6w`, `4mo`, `2y`. A commit from the future reads `in 2d`. */
export const shortAge = (committedAt: number, now: number): string => {
  const passed = now / 1000 - committedAt
  if (Number.isNaN(passed)) return ''
  return passed <= -60 ? `in ${shortSpan(-passed)}` : shortSpan(passed)
}
