const SECOND = 1000
const DAY = 86_400 * SECOND

/** Units by their names; a month is a twelfth of a Julian year, and `M` is not `m`. Milliseconds. */
const UNITS: ReadonlyMap<string, number> = new Map(
  (
    [
      [1, 'ms', 'msec', 'millis'],
      [SECOND, 's', 'sec', 'secs', 'second', 'seconds'],
      [60 * SECOND, 'm', 'min', 'mins', 'minute', 'minutes'],
      [3600 * SECOND, 'h', 'hr', 'hrs', 'hour', 'hours'],
      [DAY, 'd', 'day', 'days'],
      [7 * DAY, 'w', 'wk', 'wks', 'week', 'weeks'],
      [30.4375 * DAY, 'M', 'month', 'months'],
      [365.25 * DAY, 'y', 'yr', 'yrs', 'year', 'years'],
    ] as const
  ).flatMap(([length, ...names]) => names.map((name) => [name, length] as const)),
)

/**
 * Reads a time span such as `1d`, `1.5h`, `2h 30m` or `90 days`: numbers, each with its unit. Milliseconds; undefined
 * for anything else.
 */
export const parseDuration = (text: string): number | undefined => {
  const trimmed = text.trim()
  if (trimmed === '0') return 0
  if (!/^(?:\d+(?:\.\d+)?\s*[A-Za-z]+\s*)+$/.test(trimmed)) return undefined
  let total = 0
  for (const [, count = '', unit = ''] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([A-Za-z]+)/g)) {
    const length = UNITS.get(unit)
    if (length === undefined) return undefined
    total += Number(count) * length
  }
  return Number.isSafeInteger(Math.round(total)) ? total : undefined
}
