import { type Call, type Expression, type Identifier, type Member, type Node, wordOf } from './parse.ts'

/** A variable that a template reads, with the line where it does so first. */
export interface ReadName {
  readonly name: string
  readonly line: number
  /** The members that are asked of it, where they are written out: `vars.port` asks for `port`. */
  readonly members: readonly string[]
}

const CONSTANT = /^(?:[tT]rue|[fF]alse|[nN]one|loop|caller|#.*)$/

interface Found {
  readonly reads: Map<string, { readonly line: number; readonly members: Set<string> }>
  readonly bound: Set<string>
}

const bindName = (node: Expression, found: Found): void => {
  if (node.type === 'Identifier') found.bound.add(wordOf(node).word)
  else if (node.type === 'TupleLiteral') for (const each of node.value) bindName(each, found)
  else visit(node, found)
}

const readName = (node: Identifier, found: Found, member?: string): void => {
  const { word, line } = wordOf(node)
  if (CONSTANT.test(word)) return
  const entry = found.reads.get(word) ?? { line, members: new Set<string>() }
  found.reads.set(word, entry)
  if (member !== undefined) entry.members.add(member)
}

/** The member that is asked for, where it is written out. */
const memberIn = ({ property, computed }: Member): string | undefined => {
  if (property.type === 'StringLiteral') return property.value
  return !computed && property.type === 'Identifier' ? wordOf(property).word : undefined
}

const argumentsOf = (filter: Identifier | Call): readonly Expression[] =>
  filter.type === 'Identifier' ? [] : filter.args

/** What a node is made of, but for the names that it binds and the functions that it calls. */
const partsOf = (node: Node): readonly (Node | undefined)[] => {
  switch (node.type) {
    case 'Identifier':
    case 'StringLiteral':
    case 'Break':
    case 'Continue':
      return []
    case 'MemberExpression':
      return [node.object, node.computed ? node.property : undefined]
    case 'SliceExpression':
      return [node.start, node.stop, node.step]
    case 'ArrayLiteral':
    case 'TupleLiteral':
      return node.value
    case 'ObjectLiteral':
      return [...node.value].flat()
    case 'CallExpression':
      return [node.callee.type === 'Identifier' ? undefined : node.callee, ...node.args]
    case 'FilterExpression':
      return [node.operand, ...argumentsOf(node.filter)]
    case 'BinaryExpression':
      return [node.left, node.right]
    case 'UnaryExpression':
    case 'SpreadExpression':
    case 'KeywordSpreadExpression':
      return [node.argument]
    case 'KeywordArgumentExpression':
      return [node.value]
    case 'Ternary':
      return [node.condition, node.trueExpr, node.falseExpr]
    case 'SelectExpression':
      return [node.lhs, node.test]
    case 'If':
      return [node.test, ...node.body, ...node.alternate]
    case 'For':
      return [node.iterable, ...node.body, ...node.defaultBlock]
    case 'Set':
      return [node.value ?? undefined, ...node.body]
    case 'Macro':
      return [...node.args.map((each) => (each.type === 'Identifier' ? undefined : each)), ...node.body]
    case 'CallStatement':
      return [node.call, ...node.body]
    case 'FilterStatement':
      return [...argumentsOf(node.filter), ...node.body]
  }
}

const visit = (node: Node, found: Found): void => {
  if (node.type === 'Identifier') readName(node, found)
  if (node.type === 'MemberExpression' && node.object.type === 'Identifier')
    readName(node.object, found, memberIn(node))
  if (node.type === 'For') bindName(node.loopvar, found)
  if (node.type === 'Set') bindName(node.assignee, found)
  if (node.type === 'Macro') bindName(node.name, found)
  const parameters = node.type === 'Macro' ? node.args : node.type === 'CallStatement' ? (node.callerArgs ?? []) : []
  for (const each of parameters) bindName(each.type === 'Identifier' ? each : each.key, found)
  for (const part of partsOf(node)) if (part !== undefined) visit(part, found)
}

/** The variables that a template expects from outside. */
export const namesIn = (nodes: readonly Node[]): readonly ReadName[] => {
  const found: Found = { reads: new Map(), bound: new Set() }
  for (const node of nodes) visit(node, found)
  return [...found.reads]
    .filter(([name]) => !found.bound.has(name))
    .map(([name, { line, members }]) => ({ name, line, members: [...members] }))
}
