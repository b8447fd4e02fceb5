import type { EvalResult } from '../../worktree/eval/result.ts'
import { renderGiven } from '../given.ts'
import { gutter, message } from '../message.ts'
import type { Style } from '../style.ts'

/** What `--json` prints. */
export const evalJson = ({ template, text }: EvalResult): unknown => ({ name: 'eval', template, result: text })

/** The variables, the template and its result, for `-v`. */
export const narrateEval = ({ template, text, variables }: EvalResult, style: Style): string => {
  const result = [message('info', 'result', style), gutter(text, style)]
  return (
    renderGiven({ ...variables }, template, style) + result.map((line) => (line === '' ? '' : `${line}\n`)).join('')
  )
}
