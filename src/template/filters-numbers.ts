import { argument } from './filters-text.ts'
import { printed } from './print.ts'
import type { Operation } from './scope.ts'
import { isNumber, kindOf, TemplateError, textOf } from './value.ts'

const rounded: Operation = (input, args, named) => {
  if (typeof input === 'bigint') return input
  if (typeof input !== 'number') throw new TemplateError(`a ${kindOf(input)} can’t be rounded`)
  const places = argument(args, named, 0, 'precision')
  const scale = 10 ** (typeof places === 'bigint' ? Number(places) : 0)
  const scaled = input * scale
  const low = Math.floor(scaled)
  // Halves go to the even neighbour.
  const whole = scaled - low === 0.5 ? low + (low % 2 === 0 ? 0 : 1) : Math.round(scaled)
  return whole / scale
}

const wholeNumber: Operation = (input) => {
  if (typeof input === 'bigint') return input
  if (typeof input === 'boolean') return input ? 1n : 0n
  const text = textOf(input)?.trim()
  if (text !== undefined && /^[-+]?\d+$/.test(text)) return BigInt(text)
  const number = typeof input === 'number' ? input : text === undefined || text === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(number)) throw new TemplateError(`${printed(input)} is no number`)
  return BigInt(Math.trunc(number))
}

const brokenNumber: Operation = (input) => {
  const text = textOf(input)?.trim()
  const number = isNumber(input) || typeof input === 'boolean' ? Number(input) : text ? Number(text) : Number.NaN
  if (Number.isNaN(number)) throw new TemplateError(`${printed(input)} is no number`)
  return number
}

const absolute: Operation = (input) => {
  if (!isNumber(input)) throw new TemplateError(`a ${kindOf(input)} has no absolute value`)
  return input < 0 ? -input : input
}

/** The filters on numbers. */
export const NUMBER_FILTERS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['abs', absolute],
  ['float', brokenNumber],
  ['int', wholeNumber],
  ['round', rounded],
])
