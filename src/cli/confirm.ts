import { message } from '../render/message.ts'
import type { Context } from './context.ts'

/**
 * Asks a question that is not an approval: `y` and `yes` mean yes, `?` shows what it is about and asks again, anything
 * else is a no, the end of the input too. It is answered from stdin, whatever that is.
 */
export const confirm = async (
  { err, ask }: Pick<Context, 'err' | 'ask'>,
  question: string,
  preview: readonly string[],
): Promise<boolean> => {
  for (;;) {
    err.write(`${message('prompt', `${question} [y/N/?] `, err.style)} `)
    const answer = (await ask())?.trim().toLowerCase()
    if (!err.terminal || answer === undefined) err.write('\n')
    if (answer !== '?') return answer === 'y' || answer === 'yes'
    for (const line of preview) err.write(`${message('info', line, err.style)}\n`)
  }
}
