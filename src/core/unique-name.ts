/**
 * Twelve characters that nobody else comes up with at the same time: for names of files, not for secrets. Node's own
 * generator of ids loads all of its cryptography, which costs milliseconds.
 */
export const uniqueName = (): string =>
  Array.from({ length: 2 }, () =>
    Math.floor(Math.random() * 36 ** 6)
      .toString(36)
      .padStart(6, '0'),
  ).join('')
