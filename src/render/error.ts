import type { WtError } from '../core/errors.ts'
import type { Refusal } from '../core/plan.ts'
import { gutter, message } from './message.ts'
import { sanitize } from './sanitize.ts'
import type { Style } from './style.ts'

const wordsOf = (cause: unknown): string => {
  if (cause instanceof Error) return cause.message
  return typeof cause === 'string' ? cause : ''
}

const withoutPrefix = (line: string): string => line.replace(/^(fatal|error|warning): /, '').trim()

/** What the cause says beyond what the message says already. */
const furtherWords = (told: string, cause: unknown): string => {
  const words = wordsOf(cause).trim()
  return words.includes('\n') || !told.includes(withoutPrefix(words)) ? words : ''
}

const block = (text: string, quoted: string, hint: string | undefined, style: Style): string =>
  [message('error', text, style), gutter(quoted, style), hint === undefined ? '' : message('hint', hint, style)]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('')

/** A failure as the user sees it: what happened, the cause in its own words, and what to do next. Never a stack. */
export const renderError = (error: WtError, style: Style): string =>
  block(error.message, furtherWords(error.message, error.cause), error.hint, style)

/** A refusal as the user sees it: why not, and what to do instead. */
export const renderRefusal = ({ message: text, hint, details = [] }: Refusal, style: Style): string =>
  block(text, details.map(sanitize).join('\n'), hint, style)
