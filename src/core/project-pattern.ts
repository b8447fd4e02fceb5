/** Whether a key of `[projects]` means one of the identifiers. `*` stands for any run of characters, slashes included. */
const matches = (key: string, ids: readonly string[]): boolean => {
  if (!key.includes('*')) return ids.includes(key)
  const pattern = key
    .split(/\*+/)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .join('.*')
  const expression = new RegExp(`^${pattern}$`, 's')
  return ids.some((id) => expression.test(id))
}

const letters = (key: string): number => [...key.replaceAll('*', '')].length

const isPattern = (key: string): number => (key.includes('*') ? 0 : 1)

/** The keys that mean one of the identifiers, the most specific last: that one wins. */
export const matchingKeys = (keys: Iterable<string>, ids: readonly string[]): readonly string[] =>
  [...keys]
    .filter((key) => matches(key, ids))
    .sort((a, b) => letters(a) - letters(b) || isPattern(a) - isPattern(b) || (a < b ? -1 : 1))
