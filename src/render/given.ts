import { gutter, message } from './message.ts'
import { sanitize } from './sanitize.ts'
import type { Style } from './style.ts'

/** A table of variables and the template that they are for, as `-v` tells them. */
export const renderGiven = (
  variables: Readonly<Record<string, string | undefined>>,
  template: string,
  style: Style,
  label?: string,
): string => {
  const of = label === undefined ? '' : ` of ${sanitize(label)}`
  const rows = Object.entries(variables)
  const width = Math.max(...rows.map(([name]) => name.length))
  const table = rows.map(
    ([name, value]) => `  ${name.padEnd(width)} = ${value === undefined ? style.dim('(unset)') : sanitize(value)}`,
  )
  return [
    message('info', `variables${of}`, style),
    ...table,
    message('info', `template${of}`, style),
    gutter(template, style),
  ]
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('')
}
