const UNITS = ['KiB', 'MiB', 'GiB', 'TiB'] as const

/** A number of bytes for people: three digits at most, in powers of 1024. */
export const bytesText = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`
  let amount = bytes
  let at = -1
  while (amount >= 1024 && at < UNITS.length - 1) {
    amount /= 1024
    at += 1
  }
  return `${amount >= 99.95 ? Math.round(amount) : amount.toFixed(1)} ${UNITS[at]}`
}

/** A count with its noun; the plural ends in s unless told. */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
