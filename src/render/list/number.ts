/** A count in at most four cells: exact up to 9999, then `12k`, `345k`, `1.2M`, `67M`. */
export const shortCount = (count: number): string => {
  if (count < 10_000) return String(count)
  if (count < 999_500) return `${Math.round(count / 1000)}k`
  if (count < 9_950_000) return `${(count / 1_000_000).toFixed(1)}M`
  return count < 999_500_000 ? `${Math.round(count / 1_000_000)}M` : '>1G'
}
