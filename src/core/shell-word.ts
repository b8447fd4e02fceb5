/** A word as a POSIX shell takes it: in quotes only where it needs them. For hints, which are there to be typed. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
