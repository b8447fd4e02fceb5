import type { Shell } from '../shells.ts'
import type { Candidate, Completion } from './candidates.ts'

/**
 * The words up to the cursor, the program's own name left out. The current one is the last, or the one that
 * `WT_COMPLETE_INDEX` numbers (the program's name is 0); where there is none of that number, it is empty.
 */
export const currentWords = (
  words: readonly string[],
  { WT_COMPLETE_INDEX: told = '' }: Readonly<Record<string, string | undefined>>,
): readonly string[] => {
  const index = /^\d+$/.test(told) ? Number(told) : words.length - 1
  return [...words.slice(1, index), words[index] ?? '']
}

const lineOf = (shell: Shell, { value, summary }: Candidate): string => {
  switch (shell) {
    case 'bash':
      return value
    case 'zsh':
      // A colon ends the value there.
      return summary === '' ? value.replaceAll(':', '\\:') : `${value.replaceAll(':', '\\:')}:${summary}`
    case 'fish':
    case 'nu':
    case 'powershell':
      return summary === '' ? value : `${value}\t${summary}`
  }
}

/** An answer in the form that a shell's own completion reads: a candidate a line. What the shell knows itself is none. */
export const answerText = (shell: Shell, completion: Completion): string =>
  completion.kind === 'candidates'
    ? completion.candidates.map((candidate) => `${lineOf(shell, candidate)}\n`).join('')
    : ''
