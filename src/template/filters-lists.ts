import { itemsIn, pathOf } from './filters-select.ts'
import { argument } from './filters-text.ts'
import { printed } from './print.ts'
import type { Operation } from './scope.ts'
import {
  compare,
  dict,
  equal,
  isDict,
  isNone,
  isNumber,
  isTrue,
  kindOf,
  list,
  NONE,
  sortedEntries,
  TemplateError,
  textOf,
  tuple,
  undefinedValue,
  type Value,
} from './value.ts'

const folded = (value: Value): Value => textOf(value)?.toLowerCase() ?? value

const sorted: Operation = (input, args, named) => {
  const path = named.get('attribute')
  const exact = isTrue(argument(args, named, 1, 'case_sensitive') ?? false)
  const key = (item: Value): Value => {
    const value = path === undefined ? item : pathOf(item, path)
    return exact ? value : folded(value)
  }
  const items = [...itemsIn(input)].sort((a, b) => compare(key(a), key(b)))
  return list(isTrue(argument(args, named, 0, 'reverse') ?? false) ? items.reverse() : items)
}

const join: Operation = (input, args, named) => {
  const glue = argument(args, named, 0, 'd')
  const path = named.get('attribute')
  return itemsIn(input)
    .map((item) => printed(path === undefined ? item : pathOf(item, path)))
    .join(glue === undefined || isNone(glue) ? '' : printed(glue))
}

const chunks = (input: Value, size: number, fill: Value | undefined): readonly Value[] => {
  const items = itemsIn(input)
  const out: Value[] = []
  for (let at = 0; at < items.length; at += size) {
    const part = items.slice(at, at + size)
    out.push(list(fill === undefined ? part : [...part, ...Array.from({ length: size - part.length }, () => fill)]))
  }
  return out
}

const sizeIn = (value: Value | undefined): number => {
  if (typeof value !== 'bigint' || value < 1n) throw new TemplateError('this takes a whole number, 1 or more')
  return Number(value)
}

/** So many lists of nearly the same length. */
const sliced: Operation = (input, [count, fill]) => {
  const items = itemsIn(input)
  const columns = sizeIn(count)
  const base = Math.floor(items.length / columns)
  const longer = items.length % columns
  let from = 0
  return list(
    Array.from({ length: columns }, (_, at) => {
      const part = items.slice(from, from + base + (at < longer ? 1 : 0))
      from += part.length
      return list(fill !== undefined && at >= longer && longer > 0 ? [...part, fill] : part)
    }),
  )
}

const grouped: Operation = (input, args, named) => {
  const path = argument(args, named, 0, 'attribute')
  if (path === undefined) throw new TemplateError('groupby takes the name of an attribute')
  const groups: { readonly key: Value; readonly items: Value[] }[] = []
  for (const item of itemsIn(input)) {
    const key = pathOf(item, path)
    const group = groups.find((each) => equal(folded(each.key), folded(key)))
    if (group === undefined) groups.push({ key, items: [item] })
    else group.items.push(item)
  }
  return list(groups.sort((a, b) => compare(a.key, b.key)).map(({ key, items }) => tuple(key, list(items))))
}

const pairs: Operation = (input) => {
  if (!isDict(input)) throw new TemplateError(`a ${kindOf(input)} has no items`)
  return list(sortedEntries(input).map(([key, value]) => tuple(key, value)))
}

const best =
  (sign: 1 | -1): Operation =>
  (input) =>
    itemsIn(input).reduce<Value | undefined>(
      (found, item) => (found === undefined || compare(item, found) * sign > 0 ? item : found),
      undefined,
    ) ?? undefinedValue()

const sum: Operation = (input) =>
  itemsIn(input).reduce<Value>((total, item) => {
    if (!isNumber(item) || !isNumber(total)) throw new TemplateError('only numbers can be added up')
    return typeof total === 'bigint' && typeof item === 'bigint' ? total + item : Number(total) + Number(item)
  }, 0n)

const reversed: Operation = (input) => {
  const text = textOf(input)
  return text === undefined ? list([...itemsIn(input)].reverse()) : [...text].reverse().join('')
}

const chained: Operation = (input, args) => {
  const all = [input, ...args]
  return all.every(isDict) ? dict(all.flatMap((each) => [...each.entries])) : list(all.flatMap(itemsIn))
}

/** The filters on lists and maps. */
export const LIST_FILTERS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['attr', (input, [name]) => pathOf(input, name ?? '')],
  ['batch', (input, [size, fill]) => list(chunks(input, sizeIn(size), fill))],
  ['bool', (input) => isTrue(input)],
  ['chain', chained],
  ['dictsort', pairs],
  ['first', (input) => itemsIn(input)[0] ?? undefinedValue()],
  ['groupby', grouped],
  ['items', pairs],
  ['join', join],
  ['last', (input) => itemsIn(input).at(-1) ?? undefinedValue()],
  ['list', (input) => list(itemsIn(input))],
  ['max', best(1)],
  ['min', best(-1)],
  ['reverse', reversed],
  ['slice', sliced],
  ['sort', sorted],
  ['sum', sum],
  [
    'unique',
    (input) => list(itemsIn(input).filter((item, at, all) => all.findIndex((each) => equal(each, item)) === at)),
  ],
  [
    'zip',
    (input, args) => {
      const all = [input, ...args].map(itemsIn)
      const length = Math.min(...all.map((each) => each.length))
      return list(Array.from({ length }, (_, at) => tuple(...all.map((each) => each[at] ?? NONE))))
    },
  ],
])
