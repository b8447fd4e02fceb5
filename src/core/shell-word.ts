/** A word as a POSIX shell takes it: quoted where it has to be. For commands that a hint tells to type. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
