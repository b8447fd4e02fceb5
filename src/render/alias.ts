import type { AliasCommand } from '../hooks/result.ts'
import { sanitize } from './sanitize.ts'
import type { Style } from './style.ts'

/** What an alias runs, for whoever asks for its help. */
export const renderAlias = (name: string, commands: readonly AliasCommand[], style: Style): string => {
  const lines = commands.map(({ source, name: own, template }) => {
    const from = own === undefined ? source : `${source}:${own}`
    return `  ${style.dim(sanitize(from))}  ${sanitize(template)}`
  })
  return `${[
    `${sanitize(name)} is an alias:`,
    ...lines,
    '',
    '--KEY=VALUE sets a variable that it uses; everything else, and what follows --, goes to {{ args }}.',
  ].join('\n')}\n`
}
