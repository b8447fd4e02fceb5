import { WtError } from '../../core/errors.ts'
import type { AbsolutePath } from '../../core/ids.ts'
import { expand } from '../../template/expand.ts'
import type { TemplateFunctions, TemplateVariables } from '../../template/variables.ts'
import type { Look } from '../look.ts'
import { templateFunctions } from '../template-variables.ts'
import { type Journey, journeyVariables } from './variables.ts'

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

/** The program of `-x` and its arguments, each a template of its own, for that journey. Throws TEMPLATE_INVALID. */
export const expandProgram = async (
  look: Look,
  { program, args }: { readonly program: string; readonly args: readonly string[] },
  journey: Journey,
  home: AbsolutePath | undefined,
): Promise<readonly [program: string, ...args: string[]]> => {
  const variables = journeyVariables(look, journey, home)
  const functions = await templateFunctions(look, home)
  return [
    await expandLiteral(program, variables, functions, '--execute'),
    ...(await Promise.all(
      args.map((arg, at) => expandLiteral(arg, variables, functions, `argument ${at + 1} of --execute`)),
    )),
  ]
}
