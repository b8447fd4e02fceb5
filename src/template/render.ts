import { evaluate, filterBlock } from './evaluate.ts'
import { type Identifier, type Keyword, type Loop, type Macro, type Node, textIn, wordOf } from './parse.ts'
import { WITH } from './rewrite.ts'
import { callable, LoopSignal, type Run, Scope } from './scope.ts'
import {
  dict,
  isList,
  isTrue,
  isUndefined,
  itemsOf,
  kindOf,
  TemplateError,
  UndefinedError,
  undefinedValue,
  type Value,
} from './value.ts'

/** What a template may print. One that makes more has gone wrong; a command line is far shorter. */
const LONGEST = 4_000_000
const DEEPEST = 64

const bind = (target: Loop['loopvar'] | Node, value: Value, scope: Scope, run: Run): void => {
  if (target.type === 'Identifier') scope.names.set(wordOf(target).word, value)
  else if (target.type === 'TupleLiteral') {
    const items = isList(value) ? value.items : undefined
    if (items?.length !== target.value.length) throw new TemplateError('there are not as many values as names')
    for (const [at, name] of target.value.entries()) bind(name, items[at] as Value, scope, run)
  } else if (target.type === 'MemberExpression' && target.property.type === 'Identifier') {
    const object = evaluate(target.object, scope, run)
    if (typeof object !== 'object' || object.kind !== 'namespace')
      throw new TemplateError('only a namespace() can be changed')
    object.entries.set(wordOf(target.property).word, value)
  } else throw new TemplateError('this can’t be set')
}

/** What a loop's body knows of its turn. */
const loopValue = (at: number, items: readonly Value[], depth: number, memory: { last: string | undefined }): Value => {
  const whole = (value: number): bigint => BigInt(value)
  return dict(
    Object.entries({
      index: whole(at + 1),
      index0: whole(at),
      revindex: whole(items.length - at),
      revindex0: whole(items.length - at - 1),
      first: at === 0,
      last: at === items.length - 1,
      length: whole(items.length),
      depth: whole(depth),
      depth0: whole(depth - 1),
      previtem: items[at - 1] ?? undefinedValue('loop.previtem'),
      nextitem: items[at + 1] ?? undefinedValue('loop.nextitem'),
      cycle: callable((args) => args[at % Math.max(1, args.length)] ?? undefinedValue('loop.cycle()')),
      changed: callable((args) => {
        const now = JSON.stringify(args, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
        const changed = memory.last !== now
        memory.last = now
        return changed
      }),
    } satisfies Record<string, Value>),
  )
}

const iterated = (node: Loop, scope: Scope, run: Run): readonly Value[] => {
  const condition = node.iterable.type === 'SelectExpression' ? node.iterable.test : undefined
  const source = node.iterable.type === 'SelectExpression' ? node.iterable.lhs : node.iterable
  const value = evaluate(source, scope, run)
  if (isUndefined(value)) throw new UndefinedError(value.name)
  const items = itemsOf(value)
  if (items === undefined) throw new TemplateError(`a ${kindOf(value)} can’t be gone through`)
  if (condition === undefined) return items
  return items.filter((item) => {
    const inner = new Scope(scope)
    bind(node.loopvar, item, inner, run)
    return isTrue(evaluate(condition, inner, run))
  })
}

const renderLoop = (node: Loop, scope: Scope, run: Run): string => {
  if (node.loopvar.type === 'Identifier' && wordOf(node.loopvar).word === WITH)
    return renderNodes(node.body, new Scope(scope), run)
  const items = iterated(node, scope, run)
  if (items.length === 0) return renderNodes(node.defaultBlock, scope, run)
  const outer = scope.find('loop')
  const above =
    outer !== undefined && typeof outer === 'object' && outer.kind === 'dict' ? outer.entries.get('depth') : 0n
  const memory = { last: undefined }
  let text = ''
  for (const [at, item] of items.entries()) {
    const inner = new Scope(scope, [['loop', loopValue(at, items, Number(above ?? 0n) + 1, memory)]])
    bind(node.loopvar, item, inner, run)
    try {
      text += renderNodes(node.body, inner, run)
    } catch (error) {
      if (!(error instanceof LoopSignal)) throw error
      text += error.made
      if (error.kind === 'Break') break
    }
  }
  return text
}

const bodyAsMacro = (
  parameters: readonly (Identifier | Keyword)[],
  body: readonly Node[],
  scope: Scope,
  run: Run,
): Value =>
  callable((args, named) => {
    if (run.depth >= DEEPEST) throw new TemplateError('macros call each other too deeply')
    if (args.length > parameters.length) throw new TemplateError('too many arguments')
    const inner = new Scope(scope)
    const caller = named.get('caller')
    if (caller !== undefined) inner.names.set('caller', caller)
    for (const [at, parameter] of parameters.entries()) {
      const name = wordOf(parameter.type === 'Identifier' ? parameter : parameter.key).word
      const given = args[at] ?? named.get(name)
      const fallback = parameter.type === 'Identifier' ? undefinedValue(name) : undefined
      inner.names.set(name, given ?? fallback ?? evaluate((parameter as Keyword).value, inner, run))
    }
    run.depth += 1
    try {
      const text = renderNodes(body, inner, run)
      return run.print === run.capture ? text : { kind: 'markup', text }
    } finally {
      run.depth -= 1
    }
  })

/** Text that becomes a value: what is in it is not quoted, as the whole will be. */
const captured = (body: readonly Node[], scope: Scope, run: Run): string => {
  const { print } = run
  run.print = run.capture
  try {
    return renderNodes(body, scope, run)
  } finally {
    run.print = print
  }
}

const declare = (node: Macro, scope: Scope, run: Run): void =>
  void scope.names.set(wordOf(node.name).word, bodyAsMacro(node.args, node.body, scope, run))

const renderNode = (node: Node, scope: Scope, run: Run): string => {
  switch (node.type) {
    case 'If':
      return renderNodes(isTrue(evaluate(node.test, scope, run)) ? node.body : node.alternate, scope, run)
    case 'For':
      return renderLoop(node, scope, run)
    case 'Macro':
      declare(node, scope, run)
      return ''
    case 'Set': {
      const value = node.value === null ? captured(node.body, scope, run) : evaluate(node.value, scope, run)
      bind(node.assignee, value, scope, run)
      return ''
    }
    case 'FilterStatement':
      return run.print(filterBlock(captured(node.body, new Scope(scope), run), node.filter, scope, run))
    case 'CallStatement': {
      const caller = bodyAsMacro(node.callerArgs ?? [], node.body, scope, run)
      const inner = new Scope(scope, [['-caller', caller]])
      const name = { type: 'Identifier', value: 'caller@1' } as const
      const hand = {
        type: 'KeywordArgumentExpression',
        key: name,
        value: { type: 'Identifier', value: '-caller@1' },
      } as const
      return run.print(evaluate({ ...node.call, args: [...node.call.args, hand] }, inner, run))
    }
    case 'Break':
    case 'Continue':
      throw new LoopSignal(node.type)
    default: {
      const text = textIn(node)
      return text ?? run.print(evaluate(node, scope, run))
    }
  }
}

/** The text of statements one after the other. Throws what `evaluate` throws. */
export const renderNodes = (nodes: readonly Node[], scope: Scope, run: Run): string => {
  let text = ''
  for (const node of nodes) {
    try {
      text += renderNode(node, scope, run)
    } catch (error) {
      // What was printed before a `break` stays.
      if (error instanceof LoopSignal) error.made = text + error.made
      throw error
    }
    if (text.length > LONGEST) throw new TemplateError('it prints too much')
  }
  return text
}
