import { OPERATORS } from './arithmetic.ts'
import { printed } from './print.ts'
import type { Operation } from './scope.ts'
import {
  equal,
  isDict,
  isList,
  isNone,
  isNumber,
  isText,
  isUndefined,
  itemsOf,
  TemplateError,
  textOf,
  type Value,
} from './value.ts'

const compared =
  (sign: string): Operation =>
  (input, [other]) => {
    const operation = OPERATORS.get(sign)
    if (other === undefined || operation === undefined) throw new TemplateError('this test takes a value')
    return operation(input, other)
  }

const about =
  (holds: (input: Value) => boolean): Operation =>
  (input) =>
    holds(input)

const parity = (wanted: bigint): Operation =>
  about((input) => typeof input === 'bigint' && ((input % 2n) + 2n) % 2n === wanted)

const divisible: Operation = (input, [by]) =>
  typeof input === 'bigint' && typeof by === 'bigint' && by !== 0n && input % by === 0n

const affix =
  (holds: (text: string, part: string) => boolean): Operation =>
  (input, [part]) =>
    holds(printed(input), part === undefined ? '' : printed(part))

const cased = (change: (text: string) => string): Operation =>
  about((input) => textOf(input) !== undefined && change(printed(input)) === printed(input))

const SIGNS = {
  '==': ['eq', 'equalto'],
  '!=': ['ne'],
  '<': ['lt', 'lessthan'],
  '<=': ['le'],
  '>': ['gt', 'greaterthan'],
  '>=': ['ge'],
}

/** What can stand behind `is`. */
export const TESTS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['defined', about((input) => !isUndefined(input))],
  ['undefined', about(isUndefined)],
  ['none', about(isNone)],
  ['true', about((input) => input === true)],
  ['false', about((input) => input === false)],
  ['boolean', about((input) => typeof input === 'boolean')],
  ['number', about(isNumber)],
  ['integer', about((input) => typeof input === 'bigint')],
  ['int', about((input) => typeof input === 'bigint')],
  ['float', about((input) => typeof input === 'number')],
  ['string', about(isText)],
  ['sequence', about(isList)],
  ['mapping', about(isDict)],
  ['iterable', about((input) => !isNone(input) && itemsOf(input) !== undefined)],
  ['odd', parity(1n)],
  ['even', parity(0n)],
  ['divisibleby', divisible],
  ['startingwith', affix((text, part) => text.startsWith(part))],
  ['endingwith', affix((text, part) => text.endsWith(part))],
  ['lower', cased((text) => text.toLowerCase())],
  ['upper', cased((text) => text.toUpperCase())],
  ['safe', about((input) => typeof input === 'object' && input.kind === 'markup')],
  ['escaped', about((input) => typeof input === 'object' && input.kind === 'markup')],
  ['sameas', (input, [other]) => other !== undefined && typeof input === typeof other && equal(input, other)],
  ['filter', (input, _, __, { filters }) => filters.has(printed(input))],
  ['test', (input, _, __, { tests }) => tests.has(printed(input))],
  ['in', compared('in')],
  ...Object.entries(SIGNS).flatMap(([sign, names]) => [sign, ...names].map((name) => [name, compared(sign)] as const)),
])
