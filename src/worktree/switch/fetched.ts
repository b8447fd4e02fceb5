import { statSync } from 'node:fs'
import { onDisk } from '../../git/paths.ts'

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

const inWords = (seconds: number): string => {
  for (const [unit, length] of UNITS) {
    const count = Math.floor(seconds / length)
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'}`
  }
  return 'less than a minute'
}

/** How long ago remotes were last asked, in words, by the time of git's FETCH_HEAD. Undefined for never. */
export const fetchedAgo = (fetchHead: string, now: number): string | undefined => {
  try {
    const stats = statSync(onDisk(fetchHead), { throwIfNoEntry: false })
    return stats === undefined ? undefined : inWords(Math.max(0, (now - stats.mtimeMs) / 1000))
  } catch {
    return undefined
  }
}
