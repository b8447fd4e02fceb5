import { literalText, printed } from './print.ts'
import {
  isDict,
  isList,
  isTrue,
  isUndefined,
  sortedEntries,
  TemplateError,
  textOf,
  UndefinedError,
  type Value,
} from './value.ts'

/** Characters that could end a quotation somewhere else are spelled out. */
const safeJson = (text: string): string =>
  JSON.stringify(text).replace(/[<>&']/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)

const write = (value: Value, pad: string | undefined, margin: string): string => {
  const text = isDict(value) ? undefined : textOf(value)
  if (text !== undefined) return safeJson(text)
  if (typeof value === 'boolean') return String(value)
  if (isUndefined(value)) throw new UndefinedError(value.name)
  if (!isList(value) && !isDict(value)) {
    if (typeof value === 'object' && value.kind === 'callable') throw new TemplateError('a function is no JSON')
    return typeof value === 'object' ? 'null' : printed(value)
  }
  const inner = pad === undefined ? '' : margin + pad
  const parts = isList(value)
    ? value.items.map((item) => write(item, pad, inner))
    : sortedEntries(value).map(([key, item]) => {
        const name = textOf(key) ?? (typeof key === 'object' ? literalText(key) : printed(key))
        return `${safeJson(name)}: ${write(item, pad, inner)}`
      })
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) return open + close
  if (pad === undefined) return `${open}${parts.join(', ')}${close}`
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${margin}${close}`
}

/** A value as JSON on one line, or on several where `indent` is a number of spaces or true (2). */
export const jsonText = (value: Value, indent: Value | undefined): string => {
  if (typeof indent === 'bigint') return write(value, ' '.repeat(Math.min(20, Math.max(0, Number(indent)))), '')
  return write(value, indent !== undefined && isTrue(indent) ? '  ' : undefined, '')
}
