import { quoteForShell } from '../core/shell-quote.ts'
import { type Expansion, expandTemplate, parseTemplate, undefinedVariable, type Variables } from '../core/template.ts'
import type { CompiledTemplate, CompileOptions, TemplateFunctions, TemplateVariables } from './variables.ts'

const textsOnly = (variables: TemplateVariables): Variables =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  )

/** Reads a template. The engine is loaded by the first one that needs it: text, variables and simple filters do not. */
export const compileTemplate = async (source: string, options: CompileOptions = {}): Promise<CompiledTemplate> => {
  const { quoting = 'none', oldNames = true } = options
  const template = parseTemplate(source, { oldNames, keepNewline: quoting === 'shell' })
  if (template.kind === 'needs-engine') return (await import('./engine.ts')).compileWithEngine(source, options)
  const quote = quoting === 'shell' ? quoteForShell : undefined
  return {
    problem: undefined,
    names: template.parts.flatMap((part) =>
      part.kind === 'variable' ? [{ name: part.name, line: part.line, members: [] }] : [],
    ),
    expand: (variables) => expandTemplate(template, textsOnly(variables), quote),
  }
}

/** Expands a template once. */
export const expand = async (
  source: string,
  variables: TemplateVariables,
  options: CompileOptions & { readonly functions?: TemplateFunctions } = {},
): Promise<Expansion> => (await compileTemplate(source, options)).expand(variables, options.functions)

/**
 * What is wrong with a template, as far as that can be told before it is expanded: its syntax, and names that are not
 * among the keys of `known`. A known name may have no value yet.
 */
export const checkTemplate = async (
  source: string,
  known: Readonly<Record<string, unknown>>,
  options: CompileOptions = {},
): Promise<Expansion | undefined> => {
  const { problem, names } = await compileTemplate(source, options)
  if (problem !== undefined) return { kind: 'invalid', message: problem }
  const unknown = names.find(({ name }) => !Object.hasOwn(known, name))
  return unknown === undefined ? undefined : undefinedVariable(unknown.name, unknown.line, known)
}
