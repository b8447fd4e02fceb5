import { databaseName, portOf, safeFileName, shortNameHash } from '../core/name-hash.ts'
import { PLAIN_FILTERS } from '../core/template-filters.ts'
import { codename } from './codename.ts'
import { jsonText } from './json.ts'
import { literalText, printed } from './print.ts'
import type { Operation } from './scope.ts'
import {
  isDict,
  isList,
  isNone,
  isNumber,
  isTrue,
  isUndefined,
  kindOf,
  list,
  TemplateError,
  textOf,
  type Value,
} from './value.ts'

/** An argument by its place or its name. */
export const argument = (
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
  at: number,
  name: string,
): Value | undefined => args[at] ?? named.get(name)

const atMost = (count: number, operation: Operation): Operation => {
  return (input, args, named, tools) => {
    if (args.length + named.size > count) throw new TemplateError('too many arguments')
    return operation(input, args, named, tools)
  }
}

/** A filter from text to text. Whatever is no text counts as an empty one. */
const ours = (apply: (text: string) => string): Operation => atMost(0, (input) => apply(textOf(input) ?? ''))

/** A filter on the text that a value prints as. */
const onText = (apply: (text: string) => Value): Operation => atMost(0, (input) => apply(printed(input)))

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()

/** A letter is large behind a space or a dash, and at the beginning. */
const titled = (text: string): string =>
  text.toLowerCase().replace(/(^|[\s-])([^\s-])/g, (_, before: string, letter: string) => before + letter.toUpperCase())

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '/': '&#x2f;',
}

const split: Operation = (input, args, named) => {
  const text = printed(input)
  const separator = argument(args, named, 0, 'sep')
  const limit = argument(args, named, 1, 'maxsplit')
  const words = separator === undefined || isNone(separator)
  const parts = words ? text.split(/\s+/).filter((part) => part !== '') : text.split(printed(separator))
  const most = typeof limit === 'bigint' ? Number(limit) : parts.length
  if (parts.length <= most + 1) return list(parts)
  return list([...parts.slice(0, most), parts.slice(most).join(words ? ' ' : printed(separator))])
}

const indent: Operation = (input, args, named) => {
  const width = argument(args, named, 0, 'width')
  const first = isTrue(argument(args, named, 1, 'first') ?? false)
  const blank = isTrue(argument(args, named, 2, 'blank') ?? false)
  const pad = typeof width === 'bigint' ? ' '.repeat(Math.min(200, Number(width))) : ''
  const lines = printed(input).split('\n')
  return lines.map((line, at) => ((at > 0 || first) && (line !== '' || blank) ? pad + line : line)).join('\n')
}

const trim: Operation = (input, args) => {
  const text = printed(input)
  const [chars] = args
  if (chars === undefined) return text.trim()
  const gone = new Set(printed(chars))
  const letters = [...text]
  const from = letters.findIndex((letter) => !gone.has(letter))
  const to = letters.findLastIndex((letter) => !gone.has(letter))
  return from < 0 ? '' : letters.slice(from, to + 1).join('')
}

/** `%s`, `%d`, `%x`, `%f` and `%%`, with width, `0`, `-` and precision. */
const format: Operation = (input, args) => {
  let next = 0
  return printed(input).replace(
    /%([-0]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (_, flags: string, width: string, digits, type: string) => {
      if (type === '%') return '%'
      const value = args[next++]
      if (value === undefined) throw new TemplateError('there are fewer values than places for them')
      const number = isNumber(value) ? Number(value) : Number.NaN
      const places = digits === undefined ? undefined : Number(digits)
      const text =
        type === 's'
          ? printed(value).slice(0, places)
          : type === 'd' || type === 'i'
            ? String(Math.trunc(number))
            : type === 'x' || type === 'X'
              ? number.toString(16)
              : type === 'f'
                ? number.toFixed(places ?? 6)
                : undefined
      if (text === undefined || text === 'NaN') throw new TemplateError(`%${type} does not fit its value`)
      const wide = Number(width || 0)
      return flags.includes('-') ? text.padEnd(wide) : text.padStart(wide, flags.includes('0') ? '0' : ' ')
    },
  )
}

const length: Operation = (input) => {
  const text = textOf(input)
  if (text !== undefined) return BigInt([...text].length)
  if (isList(input)) return BigInt(input.items.length)
  if (isDict(input)) return BigInt(input.entries.size)
  throw new TemplateError(`a ${kindOf(input)} has no length`)
}

const otherwise: Operation = (input, args, named) => {
  const fallback = argument(args, named, 0, 'default_value') ?? ''
  const falsy = isTrue(argument(args, named, 1, 'boolean') ?? false)
  return isUndefined(input) || (falsy && !isTrue(input)) ? fallback : input
}

const escapeHtml: Operation = (input) => printed(input).replace(/[&<>"'/]/g, (char) => ENTITIES[char] ?? char)

const replace: Operation = (input, [from, to]) => {
  if (from === undefined || to === undefined) throw new TemplateError('replace takes two texts')
  return printed(input).replaceAll(printed(from), () => printed(to))
}

/** The filters on text. */
export const TEXT_FILTERS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...[...PLAIN_FILTERS].map(([name, apply]) => [name, ours(apply)] as const),
  ['hash', ours(shortNameHash)],
  ['hash_port', onText((text) => BigInt(portOf(text)))],
  ['sanitize_db', ours(databaseName)],
  ['sanitize_hash', ours(safeFileName)],
  ['codename', (input, args, named) => codename(textOf(input) ?? '', argument(args, named, 0, 'n') ?? 2n)],
  ['tojson', (input, args, named) => jsonText(input, argument(args, named, 0, 'indent'))],
  ['upper', onText((text) => text.toUpperCase())],
  ['lower', onText((text) => text.toLowerCase())],
  ['capitalize', onText(capitalised)],
  ['title', onText(titled)],
  ['trim', trim],
  ['lines', onText((text) => list(text.split(/\r?\n/).filter((line, at, all) => line !== '' || at < all.length - 1)))],
  ['split', split],
  ['indent', indent],
  ['format', format],
  ['replace', replace],
  ['escape', escapeHtml],
  ['e', escapeHtml],
  // There is nothing to be safe from: text is quoted when it is printed, whatever it is.
  ['safe', (input) => input],
  ['string', onText((text) => text)],
  ['pprint', (input) => literalText(input)],
  ['length', length],
  ['count', length],
  ['default', otherwise],
  ['d', otherwise],
])
