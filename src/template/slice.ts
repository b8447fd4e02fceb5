import { isList, isUndefined, list, TemplateError, textOf, UndefinedError, type Value } from './value.ts'

/** The items that a slice takes: positions from `start` on in steps, before or after `stop`. */
const positions = (length: number, start: number | undefined, stop: number | undefined, step: number): number[] => {
  const within = (at: number, low: number, high: number): number =>
    Math.min(Math.max(at < 0 ? at + length : at, low), high)
  const picked: number[] = []
  if (step > 0) {
    const end = within(stop ?? length, 0, length)
    for (let at = within(start ?? 0, 0, length); at < end; at += step) picked.push(at)
  } else {
    const end = stop === undefined ? -1 : within(stop, -1, length - 1)
    for (let at = within(start ?? length - 1, -1, length - 1); at > end; at += step) picked.push(at)
  }
  return picked
}

/** `object[start:stop:step]` of text or a list. Negative positions count from the end. */
export const sliceOf = (
  object: Value,
  start: number | undefined,
  stop: number | undefined,
  step: number | undefined = 1,
): Value => {
  if (isUndefined(object)) throw new UndefinedError(object.name)
  const text = textOf(object)
  const items: readonly Value[] | undefined = text !== undefined ? [...text] : isList(object) ? object.items : undefined
  if (items === undefined) throw new TemplateError('only text and lists can be sliced')
  if (step === 0) throw new TemplateError('a slice can’t go in steps of 0')
  const picked = positions(items.length, start, stop, step).map((at) => items[at] as Value)
  return text === undefined ? list(picked) : picked.join('')
}
