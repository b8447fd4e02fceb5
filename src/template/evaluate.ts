import { OPERATORS } from './arithmetic.ts'
import { type Call, type Expression, type Identifier, wordOf } from './parse.ts'
import { NEGATED_TEST, TEST } from './rewrite.ts'
import { memberOf, type Operation, type Run, type Scope } from './scope.ts'
import { sliceOf } from './slice.ts'
import {
  dict,
  isDict,
  isNone,
  isTrue,
  isUndefined,
  itemsOf,
  list,
  NONE,
  TemplateError,
  textOf,
  tuple,
  UndefinedError,
  undefinedValue,
  type Value,
} from './value.ts'

const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', NONE],
  ['None', NONE],
])

const numberOf = (text: string): Value => {
  const digits = text.replaceAll('_', '')
  return /^\d+\.|^\d+[eE]/.test(digits) ? Number(digits) : BigInt(digits)
}

const readWord = (node: Identifier, scope: Scope, run: Run): Value => {
  const { word, line } = wordOf(node)
  run.line = line
  if (word.startsWith('#')) return numberOf(word.slice(1))
  return CONSTANTS.get(word) ?? scope.find(word) ?? undefinedValue(word)
}

/** How an expression reads in a message; only for plain paths of names. */
const spelled = (node: Expression): string | undefined => {
  if (node.type === 'Identifier') return wordOf(node).word
  if (node.type !== 'MemberExpression') return undefined
  const object = spelled(node.object)
  const { property } = node
  if (object === undefined) return undefined
  if (property.type === 'StringLiteral') return `${object}[${JSON.stringify(property.value)}]`
  if (property.type !== 'Identifier') return undefined
  const word = wordOf(property).word.replace(/^#/, '')
  return node.computed ? `${object}[${word}]` : `${object}.${word}`
}

interface Arguments {
  readonly args: readonly Value[]
  readonly named: ReadonlyMap<string, Value>
}

const readArguments = (nodes: readonly Expression[], scope: Scope, run: Run): Arguments => {
  const args: Value[] = []
  const named = new Map<string, Value>()
  for (const node of nodes) {
    if (node.type === 'KeywordArgumentExpression') named.set(wordOf(node.key).word, evaluate(node.value, scope, run))
    else if (node.type === 'SpreadExpression') args.push(...(itemsOf(evaluate(node.argument, scope, run)) ?? []))
    else if (node.type === 'KeywordSpreadExpression') {
      const spread = evaluate(node.argument, scope, run)
      if (isDict(spread)) for (const [key, value] of spread.entries) named.set(textOf(key) ?? '', value)
    } else args.push(evaluate(node, scope, run))
  }
  return { args, named }
}

/** Filters that make something of a value that is not there. */
const TAKES_UNDEFINED = new Set(['default', 'd'])

const applyTest = (word: string, input: Value, { args, named }: Arguments, run: Run): Value => {
  const negated = word.startsWith(NEGATED_TEST)
  const name = word.slice(negated ? NEGATED_TEST.length : TEST.length)
  const test = run.tests.get(name)
  if (test === undefined) throw new TemplateError(`there is no test "${name}"`)
  return isTrue(test(input, args, named, run)) !== negated
}

const applyFilter = (input: Value, filter: Identifier | Call, scope: Scope, run: Run): Value => {
  const name = filter.type === 'Identifier' ? filter : (filter.callee as Identifier)
  const given = readArguments(filter.type === 'Identifier' ? [] : filter.args, scope, run)
  const { word, line } = wordOf(name)
  run.line = line
  if (word.startsWith(TEST)) return applyTest(word, input, given, run)
  const operation: Operation | undefined = run.filters.get(word)
  if (operation === undefined) throw new TemplateError(`there is no filter "${word}"`)
  if (isUndefined(input) && !TAKES_UNDEFINED.has(word)) throw new UndefinedError(input.name)
  return operation(input, given.args, given.named, run)
}

const call = (node: Call, scope: Scope, run: Run): Value => {
  const callee = evaluate(node.callee, scope, run)
  const { line } = run
  const name = spelled(node.callee) ?? 'this'
  if (
    node.callee.type === 'MemberExpression' &&
    (isUndefined(callee) || isUndefined(evaluate(node.callee.object, scope, run)))
  )
    throw new TemplateError(`there is no method "${name}"; filters do such things: {{ x | upper }}`)
  if (isUndefined(callee)) throw new TemplateError(`there is no function "${name}"`)
  if (typeof callee !== 'object' || callee.kind !== 'callable') throw new TemplateError(`"${name}" is no function`)
  const { args, named } = readArguments(node.args, scope, run)
  run.line = line
  return callee.call(args, named)
}

const edge = (value: Value | undefined): number | undefined => {
  if (value === undefined || isNone(value)) return undefined
  if (typeof value !== 'bigint') throw new TemplateError('a slice takes whole numbers')
  return Number(value)
}

const binary = (sign: string, left: Expression, right: Expression, scope: Scope, run: Run): Value => {
  const first = evaluate(left, scope, run)
  if (sign === 'and') return isTrue(first) ? evaluate(right, scope, run) : first
  if (sign === 'or') return isTrue(first) ? first : evaluate(right, scope, run)
  const operation = OPERATORS.get(sign)
  if (operation === undefined) throw new TemplateError(`there is no operator ${sign}`)
  return operation(first, evaluate(right, scope, run))
}

const unary = (sign: string, value: Value): Value => {
  if (sign === 'not') return !isTrue(value)
  if (isUndefined(value)) throw new UndefinedError(value.name)
  if (typeof value === 'bigint' || typeof value === 'number') return sign === '-' ? -value : value
  throw new TemplateError(`${sign} needs a number`)
}

/** The value of an expression. Throws a TemplateError where it has none. */
export const evaluate = (node: Expression, scope: Scope, run: Run): Value => {
  const inner = (part: Expression): Value => evaluate(part, scope, run)
  switch (node.type) {
    case 'StringLiteral':
      return node.value
    case 'Identifier':
      return readWord(node, scope, run)
    case 'ArrayLiteral':
      return list(node.value.map(inner))
    case 'TupleLiteral':
      return tuple(...node.value.map(inner))
    case 'ObjectLiteral':
      return dict([...node.value].map(([key, value]) => [inner(key), inner(value)] as const))
    case 'MemberExpression': {
      const object = inner(node.object)
      const { property } = node
      if (property.type === 'SliceExpression') {
        const edges = [property.start, property.stop, property.step].map((part) => edge(part && inner(part)))
        return sliceOf(object, edges[0], edges[1], edges[2])
      }
      const plain = !node.computed && property.type === 'Identifier' ? wordOf(property).word : undefined
      const key = plain === undefined ? inner(property) : plain.startsWith('#') ? BigInt(plain.slice(1)) : plain
      if (isUndefined(object)) throw new UndefinedError(object.name)
      return memberOf(object, key, spelled(node))
    }
    case 'CallExpression':
      return call(node, scope, run)
    case 'FilterExpression':
      return applyFilter(inner(node.operand), node.filter, scope, run)
    case 'BinaryExpression':
      return binary(node.operator.value, node.left, node.right, scope, run)
    case 'UnaryExpression':
      return unary(node.operator.value, inner(node.argument))
    case 'Ternary':
      return isTrue(inner(node.condition)) ? inner(node.trueExpr) : inner(node.falseExpr)
    case 'SelectExpression':
      return isTrue(inner(node.test)) ? inner(node.lhs) : ''
    case 'SliceExpression':
    case 'KeywordArgumentExpression':
    case 'SpreadExpression':
    case 'KeywordSpreadExpression':
      throw new TemplateError('this can’t stand here')
  }
}

/** A filter applied to text that a block has made. */
export const filterBlock = (text: string, filter: Identifier | Call, scope: Scope, run: Run): Value =>
  applyFilter(text, filter, scope, run)
