import { WtError } from '../../core/errors.ts'
import { expandTemplate, parseTemplate, type Variables } from '../../core/template.ts'

const invalid = (where: string, why: string): WtError =>
  new WtError('TEMPLATE_INVALID', `${where} can’t be expanded: ${why}`, {
    hint: 'braces that mean nothing to wt are written {{ "{{" }}; nothing was done',
  })

/**
 * Expands one word as a literal: values go in as they are, and nothing is split, quoted or read again. The place at which
 * a fuller template engine is put in. Throws TEMPLATE_INVALID; `where` is how messages call the word.
 */
const expandLiteral = (word: string, variables: Variables, where: string): string => {
  if (!/\{[{%#]/.test(word)) return word
  const template = parseTemplate(word)
  if (template.kind === 'needs-engine') throw invalid(where, `it is more than text and variables: ${word}`)
  const expansion = expandTemplate(template, variables)
  if (expansion.kind === 'text') return expansion.text
  throw invalid(where, expansion.message)
}

/** The program of `-x` and its arguments, each a template of its own. Throws TEMPLATE_INVALID. */
export const expandProgram = (
  program: string,
  args: readonly string[],
  variables: Variables,
): readonly [program: string, ...args: string[]] => [
  expandLiteral(program, variables, '--execute'),
  ...args.map((arg, at) => expandLiteral(arg, variables, `argument ${at + 1} of --execute`)),
]
