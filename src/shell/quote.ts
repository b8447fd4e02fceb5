/** A word for sh, bash and zsh that they take as it is. */
export const posixQuoted = (text: string): string =>
  /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`

/** A word for fish that it takes as it is: inside its single quotes a backslash means something. */
export const fishQuoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
