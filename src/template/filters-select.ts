import { printed } from './print.ts'
import { memberOf, type Operation, type Tools } from './scope.ts'
import { isTrue, itemsOf, kindOf, list, TemplateError, type Value } from './value.ts'

/** The items of a value. Throws a TemplateError where it has none. */
export const itemsIn = (value: Value): readonly Value[] => {
  const items = itemsOf(value)
  if (items === undefined) throw new TemplateError(`a ${kindOf(value)} is no list`)
  return items
}

/** `a.b.c` of a value; a part of digits is an index. */
export const pathOf = (value: Value, path: Value): Value =>
  printed(path)
    .split('.')
    .reduce<Value>((inner, part) => memberOf(inner, /^\d+$/.test(part) ? BigInt(part) : part, part), value)

const test = (tools: Tools, name: Value | undefined): ((value: Value, args: readonly Value[]) => boolean) => {
  if (name === undefined) return (value) => isTrue(value)
  const found = tools.tests.get(printed(name))
  if (found === undefined) throw new TemplateError(`there is no test "${printed(name)}"`)
  return (value, args) => isTrue(found(value, args, new Map(), tools))
}

const selecting =
  (wanted: boolean): Operation =>
  (input, [name, ...args], _, tools) => {
    const holds = test(tools, name)
    return list(itemsIn(input).filter((item) => holds(item, args) === wanted))
  }

const selectingBy =
  (wanted: boolean): Operation =>
  (input, [path, name, ...args], _, tools) => {
    if (path === undefined) throw new TemplateError('this takes the name of an attribute')
    const holds = test(tools, name)
    return list(itemsIn(input).filter((item) => holds(pathOf(item, path), args) === wanted))
  }

const mapped: Operation = (input, [name, ...args], named, tools) => {
  const path = named.get('attribute')
  if (path !== undefined) {
    const fallback = named.get('default')
    return list(
      itemsIn(input).map((item) => {
        const value = pathOf(item, path)
        return typeof value === 'object' && value.kind === 'undefined' ? (fallback ?? value) : value
      }),
    )
  }
  const filter = name === undefined ? undefined : tools.filters.get(printed(name))
  if (filter === undefined) throw new TemplateError('map takes the name of a filter')
  return list(itemsIn(input).map((item) => filter(item, args, named, tools)))
}

/** The filters that take a test, a filter or an attribute for each item. */
export const SELECT_FILTERS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['map', mapped],
  ['reject', selecting(false)],
  ['rejectattr', selectingBy(false)],
  ['select', selecting(true)],
  ['selectattr', selectingBy(true)],
])
