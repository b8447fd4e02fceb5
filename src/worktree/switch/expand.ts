import { WtError } from '../../core/errors.ts'
import { expand } from '../../template/expand.ts'
import type { TemplateFunctions, TemplateVariables } from '../../template/variables.ts'

/**
 * Expands one word as a literal: values go in as they are, and nothing is split, quoted or read again. Throws
 * TEMPLATE_INVALID; `where` is how messages call the word.
 */
const expandLiteral = async (
  word: string,
  variables: TemplateVariables,
  functions: TemplateFunctions,
  where: string,
): Promise<string> => {
  if (!/\{[{%#]/.test(word)) return word
  const expansion = await expand(word, variables, { oldNames: false, functions })
  if (expansion.kind === 'text') return expansion.text
  throw new WtError('TEMPLATE_INVALID', `${where} can’t be expanded: ${expansion.message}`, {
    hint: 'braces that mean nothing to wt are written {{ "{{" }}; nothing was done',
  })
}

/** The program of `-x` and its arguments, each a template of its own. Throws TEMPLATE_INVALID. */
export const expandProgram = async (
  program: string,
  args: readonly string[],
  variables: TemplateVariables,
  functions: TemplateFunctions = {},
): Promise<readonly [program: string, ...args: string[]]> => [
  await expandLiteral(program, variables, functions, '--execute'),
  ...(await Promise.all(
    args.map((arg, at) => expandLiteral(arg, variables, functions, `argument ${at + 1} of --execute`)),
  )),
]
