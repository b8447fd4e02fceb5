import type { EvalResult } from '../../worktree/eval/result.ts'
import { gutter, message } from '../message.ts'
import { sanitize } from '../sanitize.ts'
import type { Style } from '../style.ts'

/** What `--json` prints. */
export const evalJson = ({ template, text }: EvalResult): unknown => ({ name: 'eval', template, result: text })

/** The variables, the template and its result, for `-v`. */
export const narrateEval = ({ template, text, variables }: EvalResult, style: Style): string => {
  const rows = Object.entries(variables)
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, value]: readonly [string, string | undefined]) => {
    return `${name.padEnd(width)} = ${value === undefined ? style.dim('(unset)') : sanitize(value)}`
  })
  return [
    message('info', 'variables', style),
    ...lines.map((line) => `  ${line}`),
    message('info', 'template', style),
    gutter(template, style),
    message('info', 'result', style),
    gutter(text, style),
  ]
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('')
}
