/** What a template computes with. Whole numbers are bigints, so that `3` and `3.0` stay apart. */
export type Value = string | bigint | number | boolean | None | Undefined | List | Dict | Namespace | Markup | Callable

interface None {
  readonly kind: 'none'
}
/** Nothing was found. `name` is what was looked for, where that is known. */
export interface Undefined {
  readonly kind: 'undefined'
  readonly name: string | undefined
}
export interface List {
  /** `words` prints as a shell would have to be given it. */
  readonly kind: 'list' | 'tuple' | 'words'
  readonly items: readonly Value[]
}
export interface Dict {
  readonly kind: 'dict'
  readonly entries: ReadonlyMap<Value, Value>
  /** What it is as a whole, where it is more than its members. */
  readonly text?: string
}
/** The only value that a template can change: `{% set ns.x = 1 %}`. */
export interface Namespace {
  readonly kind: 'namespace'
  readonly entries: Map<Value, Value>
}
/** Text whose values have been quoted already. */
export interface Markup {
  readonly kind: 'markup'
  readonly text: string
}
export interface Callable {
  readonly kind: 'callable'
  readonly call: (args: readonly Value[], named: ReadonlyMap<string, Value>) => Value
}

/** What a template does that has no meaning. The evaluator adds the line. */
export class TemplateError extends Error {}

/** Something that is not there was used as if it were. */
export class UndefinedError extends TemplateError {
  /** The variable, as written: `branch`, `vars.port`. */
  readonly variable: string | undefined
  constructor(variable: string | undefined) {
    super(variable === undefined ? 'there is no such value' : `"${variable}" has no value`)
    this.variable = variable
  }
}

export const NONE: Value = { kind: 'none' }
export const undefinedValue = (name?: string): Undefined => ({ kind: 'undefined', name })
export const list = (items: readonly Value[]): List => ({ kind: 'list', items })
export const tuple = (...items: readonly Value[]): List => ({ kind: 'tuple', items })
export const dict = (entries: Iterable<readonly [Value, Value]>): Dict => ({ kind: 'dict', entries: new Map(entries) })

export type Kind = 'string' | 'number' | 'bool' | Exclude<Value, string | bigint | number | boolean>['kind']

export const kindOf = (value: Value): Kind => {
  if (typeof value === 'object') return value.kind
  if (typeof value === 'string') return 'string'
  return typeof value === 'boolean' ? 'bool' : 'number'
}

export const isUndefined = (value: Value): value is Undefined => typeof value === 'object' && value.kind === 'undefined'
export const isNone = (value: Value): boolean => typeof value === 'object' && value.kind === 'none'
export const isList = (value: Value): value is List => typeof value === 'object' && 'items' in value
export const isDict = (value: Value): value is Dict | Namespace => typeof value === 'object' && 'entries' in value
export const isText = (value: Value): value is string | Markup =>
  typeof value === 'string' || (typeof value === 'object' && value.kind === 'markup')
export const isNumber = (value: Value): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint'

/** The text of a string; undefined for anything else. */
export const textOf = (value: Value): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'object' && 'text' in value ? value.text : undefined

/** What a condition makes of a value. */
export const isTrue = (value: Value): boolean => {
  if (typeof value !== 'object') return Boolean(value)
  if (isList(value)) return value.items.length > 0
  if (isDict(value)) return value.entries.size > 0
  return value.kind === 'markup' ? value.text !== '' : value.kind === 'callable'
}

/** Maps read in the order of their keys, so that text made of them is the same every time. */
export const sortedEntries = (value: Dict | Namespace): readonly (readonly [Value, Value])[] =>
  [...value.entries].sort(([a], [b]) => compare(a, b))

const RANK: readonly Kind[] = ['undefined', 'none', 'bool', 'number', 'string', 'list', 'dict']

const rank = (value: Value): number => {
  const kind = isList(value) ? 'list' : isDict(value) ? 'dict' : isText(value) ? 'string' : kindOf(value)
  return RANK.indexOf(kind)
}

const order = <T extends string | number | bigint | boolean>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0)

const compareItems = (a: readonly Value[], b: readonly Value[]): number => {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const first = compare(a[at] as Value, b[at] as Value)
    if (first !== 0) return first
  }
  return a.length - b.length
}

/** An order over all values: numbers by size, texts by their characters, lists by their first difference. */
export const compare = (a: Value, b: Value): number => {
  if (isNumber(a) && isNumber(b)) return order(a, b as typeof a)
  const [one, other] = [textOf(a), textOf(b)]
  if (one !== undefined && other !== undefined) return order(one, other)
  if (typeof a === 'boolean' && typeof b === 'boolean') return order(a, b)
  if (isList(a) && isList(b)) return compareItems(a.items, b.items)
  if (isDict(a) && isDict(b)) return compareItems(sortedEntries(a).flat(), sortedEntries(b).flat())
  return rank(a) - rank(b)
}

/** Whether two values are the same: `1 == 1.0`, and lists and maps by what is in them. */
export const equal = (a: Value, b: Value): boolean =>
  typeof a === 'object' && a.kind === 'callable' ? a === b : rank(a) === rank(b) && compare(a, b) === 0

/** The value under a key; undefined when there is none. */
export const entryOf = (value: Dict | Namespace, key: Value): Value | undefined => {
  const own = value.entries.get(key)
  if (own !== undefined || typeof key !== 'object') return own
  return [...value.entries].find(([each]) => equal(each, key))?.[1]
}

/** What a `for` goes through: items, keys, characters. Undefined when the value has none. */
export const itemsOf = (value: Value): readonly Value[] | undefined => {
  if (isList(value)) return value.items
  if (isDict(value)) return sortedEntries(value).map(([key]) => key)
  if (isNone(value)) return []
  const text = textOf(value)
  return text === undefined ? undefined : [...text]
}

/** A parsed JSON value. */
export const fromJson = (value: unknown): Value => {
  if (value === null || value === undefined) return NONE
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'bigint') return value
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return list(value.map(fromJson))
  return dict(Object.entries(value as object).map(([key, inner]) => [key, fromJson(inner)] as const))
}
