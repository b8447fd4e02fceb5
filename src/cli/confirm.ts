import { WtError } from '../core/errors.ts'
import { message } from '../render/message.ts'
import type { Context } from './context.ts'

/**
 * Asks `[y/N/?]`: `y` and `yes` agree, `?` shows what would be done and asks again, anything else does not agree.
 * Throws CONFIRMATION_NEEDED where nobody can answer.
 */
export const confirmed = async ({ ask, err }: Context, question: string, preview: string): Promise<boolean> => {
  if (ask === undefined) {
    throw new WtError('CONFIRMATION_NEEDED', 'this needs a yes, and there is no terminal to ask on', {
      hint: 'pass -y to agree, or --dry-run to see what would be done',
    })
  }
  for (;;) {
    const answer = (await ask(`${message('prompt', `${question} [y/N/?]`, err.style)} `))?.trim().toLowerCase()
    if (answer !== '?') return answer === 'y' || answer === 'yes'
    err.write(preview)
  }
}
