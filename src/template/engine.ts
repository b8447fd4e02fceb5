import { quoteForShell } from '../core/shell-quote.ts'
import { type Expansion, undefinedVariable } from '../core/template.ts'
import { LIST_FILTERS } from './filters-lists.ts'
import { NUMBER_FILTERS } from './filters-numbers.ts'
import { SELECT_FILTERS } from './filters-select.ts'
import { TEXT_FILTERS } from './filters-text.ts'
import { TemplateSyntaxError } from './lex.ts'
import { namesIn, type ReadName } from './names.ts'
import { mayHaveOldNames, renameOldNames } from './old-names.ts'
import { type Node, parse } from './parse.ts'
import { printed } from './print.ts'
import { renderNodes } from './render.ts'
import { callable, type Run, Scope } from './scope.ts'
import { TESTS } from './tests.ts'
import {
  dict,
  fromJson,
  isNone,
  isUndefined,
  list,
  TemplateError,
  textOf,
  UndefinedError,
  type Value,
} from './value.ts'
import type {
  CompiledTemplate,
  CompileOptions,
  TemplateFunctions,
  TemplateVariables,
  VariableValue,
} from './variables.ts'

const FILTERS = new Map([...TEXT_FILTERS, ...LIST_FILTERS, ...SELECT_FILTERS, ...NUMBER_FILTERS])

const LONGEST_RANGE = 100_000

const range = (args: readonly Value[]): Value => {
  const whole = args.map((value) => (typeof value === 'bigint' ? Number(value) : Number.NaN))
  const [start, stop, step = 1] = whole.length === 1 ? [0, ...whole] : whole
  const count = Math.max(0, Math.ceil(((stop ?? Number.NaN) - (start ?? Number.NaN)) / step))
  if (!(count <= LONGEST_RANGE)) throw new TemplateError('range takes one to three whole numbers, and not too many')
  return list(Array.from({ length: count }, (_, at) => BigInt((start ?? 0) + at * step)))
}

const GLOBALS: readonly (readonly [string, Value])[] = [
  ['range', callable(range)],
  ['dict', callable((_, named) => dict(named))],
  ['namespace', callable((_, named) => ({ kind: 'namespace', entries: new Map(named) }))],
]

const toValue = (value: VariableValue): Value => {
  if (typeof value === 'string') return value
  switch (value.kind) {
    case 'words':
      return { kind: 'words', items: value.words }
    case 'data':
      return fromJson(value.value)
    case 'records':
      return list(value.records.map(({ text, members }) => ({ ...dict(Object.entries(members)), text })))
  }
}

const functionValue = (name: string, apply: (text: string) => string): Value =>
  callable(([argument]) => {
    if (argument !== undefined && isUndefined(argument)) throw new UndefinedError(argument.name)
    const text = argument === undefined ? undefined : textOf(argument)
    if (text === undefined) throw new TemplateError(`${name} takes the name of a branch`)
    return apply(text)
  })

/** Values as they are, and the words of a list as a shell takes them. */
const printLiteral = (value: Value): string => {
  if (isUndefined(value)) throw new UndefinedError(value.name)
  return printed(value)
}

const printQuoted = (value: Value): string => {
  if (isUndefined(value)) throw new UndefinedError(value.name)
  if (isNone(value)) return ''
  if (typeof value === 'object' && (value.kind === 'markup' || value.kind === 'words')) return printed(value)
  return quoteForShell(printed(value))
}

const complaint = (error: unknown, line: number, variables: TemplateVariables): Expansion => {
  if (error instanceof UndefinedError && error.variable !== undefined)
    return undefinedVariable(error.variable, line, variables)
  if (error instanceof TemplateError) return { kind: 'invalid', message: `${error.message}, in line ${line}` }
  if (error instanceof RangeError) return { kind: 'invalid', message: 'it is nested too deeply' }
  throw error
}

const invalid = (message: string): CompiledTemplate => ({
  problem: message,
  names: [],
  expand: () => ({ kind: 'invalid', message }),
})

/** Compiles any template. One that can't be read has a `problem`. */
export const compileWithEngine = (source: string, options: CompileOptions): CompiledTemplate => {
  const { quoting = 'none', oldNames = true } = options
  const text = quoting === 'none' ? source.replace(/\r?\n$/, '') : source
  let nodes: readonly Node[]
  let names: readonly ReadName[]
  try {
    nodes = parse(oldNames && mayHaveOldNames(text) ? renameOldNames(text) : text)
    names = namesIn(nodes)
  } catch (error) {
    if (error instanceof RangeError) return invalid('syntax error: it is nested too deeply')
    if (!(error instanceof TemplateSyntaxError)) throw error
    return invalid(`syntax error: ${error.message}, in line ${error.line}`)
  }
  const expand = (variables: TemplateVariables, functions: TemplateFunctions = {}): Expansion => {
    const values = Object.entries(variables).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, toValue(value)] as const],
    )
    const helpers = Object.entries(functions).map(([name, apply]) => [name, functionValue(name, apply)] as const)
    const scope = new Scope(new Scope(undefined, [...GLOBALS, ...helpers, ...values]))
    const print = quoting === 'shell' ? printQuoted : printLiteral
    const run: Run = { filters: FILTERS, tests: TESTS, print, capture: printLiteral, line: 1, depth: 0 }
    try {
      return { kind: 'text', text: renderNodes(nodes, scope, run) }
    } catch (error) {
      return complaint(error, run.line, variables)
    }
  }
  return { problem: undefined, names, expand }
}
