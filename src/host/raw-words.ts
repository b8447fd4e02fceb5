import { carriesRawBytes, encodeBytes } from '../core/bytes.ts'

type Words = readonly [program: string, ...words: readonly string[]]

const octal = (word: string): string =>
  [...encodeBytes(word)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')

/**
 * A command line that can be started: `spawn` takes only UTF-8, so one with other bytes goes through a shell that puts it
 * together from their numbers, and then becomes the program.
 */
export const startable = (argv: Words): Words => {
  if (!argv.some(carriesRawBytes)) return argv
  // What a substitution prints loses the newlines at its end, hence the last x.
  const words = argv.map((word, at) => `w${at}=$(printf '${octal(word)}x'); w${at}=\${w${at}%x}`)
  const script = `LC_ALL=C; ${words.join('; ')}; unset LC_ALL; exec ${argv.map((_, at) => `"$w${at}"`).join(' ')}`
  return ['/bin/sh', '-c', script]
}
