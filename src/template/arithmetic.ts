import { printed } from './print.ts'
import {
  compare,
  entryOf,
  equal,
  isDict,
  isList,
  isNumber,
  isUndefined,
  kindOf,
  list,
  TemplateError,
  textOf,
  UndefinedError,
  type Value,
} from './value.ts'

type Operation = (left: Value, right: Value) => Value

const unable = (left: Value, sign: string, right: Value): TemplateError =>
  new TemplateError(`unable to calculate ${printed(left)} ${sign} ${printed(right)}`)

const unsupported = (sign: string, left: Value, right: Value): TemplateError => {
  for (const value of [left, right]) if (isUndefined(value)) throw new UndefinedError(value.name)
  return new TemplateError(`${sign} does not work on a ${kindOf(left)} and a ${kindOf(right)}`)
}

/** The most that text or a list may be repeated to; a template is a line or two. */
const LONGEST = 1_000_000

const repeated = (value: Value, times: bigint): Value | undefined => {
  const text = textOf(value)
  const length = text?.length ?? (isList(value) ? value.items.length : 0)
  if (times < 0n || BigInt(length) * times > LONGEST) throw new TemplateError('this would be too long')
  if (text !== undefined) return text.repeat(Number(times))
  return isList(value) ? list(Array.from({ length: Number(times) }, () => value.items).flat()) : undefined
}

const floor = (a: bigint, b: bigint): bigint => {
  // Rounded as in the language that templates come from: the remainder is never negative.
  const rest = a % b
  return rest < 0n ? a / b - (b > 0n ? 1n : -1n) : a / b
}

const power = (a: Value, b: Value): Value => {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if (b < 0n || b > 4096n) throw unable(a, '**', b)
    return a ** b
  }
  return Number(a) ** Number(b)
}

/** A number; true counts as 1. */
const asNumber = (value: Value): bigint | number | undefined =>
  isNumber(value) ? value : typeof value === 'boolean' ? BigInt(value) : undefined

/** An operation on two numbers: one for whole ones, one for all others. Dividing by zero is an error. */
const numeric =
  (
    sign: string,
    whole: ((a: bigint, b: bigint) => Value) | undefined,
    broken: (a: number, b: number) => number,
    divides = false,
  ): Operation =>
  (first, second) => {
    const [left, right] = [asNumber(first), asNumber(second)]
    if (left === undefined || right === undefined) throw unsupported(sign, first, second)
    if (divides && Number(right) === 0) throw unable(left, sign, right)
    if (whole !== undefined && typeof left === 'bigint' && typeof right === 'bigint') return whole(left, right)
    return broken(Number(left), Number(right))
  }

const add: Operation = (left, right) => {
  const [a, b] = [textOf(left), textOf(right)]
  if (a !== undefined && b !== undefined) return a + b
  if (isList(left) && isList(right)) return list([...left.items, ...right.items])
  return numeric(
    '+',
    (x, y) => x + y,
    (x, y) => x + y,
  )(left, right)
}

const multiply: Operation = (left, right) => {
  const many =
    typeof right === 'bigint' ? repeated(left, right) : typeof left === 'bigint' ? repeated(right, left) : undefined
  return (
    many ??
    numeric(
      '*',
      (x, y) => x * y,
      (x, y) => x * y,
    )(left, right)
  )
}

const contains: Operation = (needle, container) => {
  const text = textOf(container)
  if (text !== undefined) return text.includes(printed(needle))
  if (isList(container)) return container.items.some((item) => equal(item, needle))
  if (isDict(container)) return entryOf(container, needle) !== undefined
  if (isUndefined(container)) throw new UndefinedError(container.name)
  throw new TemplateError(`"in" does not work on a ${kindOf(container)}`)
}

const concatenate: Operation = (left, right) => {
  for (const value of [left, right]) if (isUndefined(value)) throw new UndefinedError(value.name)
  return printed(left) + printed(right)
}

/** Comparing with what is not there would quietly be "no". */
const compared =
  (holds: (order: number) => boolean): Operation =>
  (left, right) => {
    for (const value of [left, right]) if (isUndefined(value)) throw new UndefinedError(value.name)
    return holds(compare(left, right))
  }

const same =
  (wanted: boolean): Operation =>
  (left, right) => {
    for (const value of [left, right]) if (isUndefined(value)) throw new UndefinedError(value.name)
    return equal(left, right) === wanted
  }

/** The operators that look at both sides. `and` and `or` do not: they are the evaluator's. */
export const OPERATORS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['+', add],
  [
    '-',
    numeric(
      '-',
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  ],
  ['*', multiply],
  ['/', numeric('/', undefined, (a, b) => a / b, true)],
  ['//', numeric('//', floor, (a, b) => Math.floor(a / b), true)],
  [
    '%',
    numeric(
      '%',
      (a, b) => a - floor(a, b) * b,
      (a, b) => a - Math.abs(b) * Math.floor(a / Math.abs(b)),
      true,
    ),
  ],
  ['**', numeric('**', power, (a, b) => a ** b)],
  ['~', concatenate],
  ['==', same(true)],
  ['!=', same(false)],
  ['<', compared((order) => order < 0)],
  ['<=', compared((order) => order <= 0)],
  ['>', compared((order) => order > 0)],
  ['>=', compared((order) => order >= 0)],
  ['in', contains],
  ['not in', (left, right) => contains(left, right) === false],
])
