import { WtError } from '../core/errors.ts'
import { message } from '../render/message.ts'
import type { Context } from './context.ts'

/**
 * Asks a question that is not an approval: `y` and `yes` mean yes, `?` shows what it is about and asks again, anything
 * else is a no, the end of the input too. It is answered from stdin, whatever that is.
 */
export const confirm = async (
  { err, ask }: Pick<Context, 'err' | 'ask'>,
  question: string,
  preview: string,
): Promise<boolean> => {
  for (;;) {
    err.write(`${message('prompt', `${question} [y/N/?]`, err.style)} `)
    const answer = (await ask())?.trim().toLowerCase()
    if (!err.terminal || answer === undefined) err.write('\n')
    if (answer !== '?') return answer === 'y' || answer === 'yes'
    err.write(preview)
  }
}

/** The same. Throws CONFIRMATION_NEEDED where stdin is no terminal and has no answer. */
export const confirmOrRefuse = async (context: Context, question: string, preview: string): Promise<boolean> => {
  let silent = false
  const ask = async (): Promise<string | undefined> => {
    const line = await context.ask()
    silent = line === undefined
    return line
  }
  const agreed = await confirm({ err: context.err, ask }, question, preview)
  if (agreed || !silent || context.interactive) return agreed
  throw new WtError('CONFIRMATION_NEEDED', 'this needs a yes, and nobody has answered', {
    hint: 'pass -y to agree, or --dry-run to see what would be done',
  })
}
