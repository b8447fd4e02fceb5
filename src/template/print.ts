import { quoteWords } from '../core/shell-quote.ts'
import { isDict, isList, isUndefined, sortedEntries, textOf, type Value } from './value.ts'

/** A float as Rust prints it: never with an exponent, always with a point. */
const floatText = (value: number): string => {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf'
  const text = String(value)
  const [, digits = '', more = '', zeros] = /^(-?\d)(?:\.(\d+))?e\+(\d+)$/.exec(text) ?? []
  if (zeros !== undefined) return `${digits}${more.padEnd(Number(zeros), '0')}.0`
  if (Number.isInteger(value)) return `${text}.0`
  const [, sign = '', whole = '', part = '', power] = /^(-?)(\d+)(?:\.(\d+))?e-(\d+)$/.exec(text) ?? []
  return power === undefined ? text : `${sign}0.${'0'.repeat(Number(power) - 1)}${whole}${part}`
}

const escaped: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

const quoted = (text: string): string => {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inner = text.replace(/[\\\u0000-\u001f\u007f]/g, (char) => {
    return escaped[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
  return `${mark}${mark === "'" ? inner.replaceAll("'", "\\'") : inner}${mark}`
}

/** A value inside of another one: as Python would write it. */
export const literalText = (value: Value): string => {
  if (typeof value === 'object' && value.kind === 'dict' && value.text !== undefined) return value.text
  const text = textOf(value)
  if (text !== undefined) return quoted(text)
  if (isList(value)) {
    const inner = value.items.map(literalText).join(', ')
    return value.kind === 'tuple' ? `(${inner}${value.items.length === 1 ? ',' : ''})` : `[${inner}]`
  }
  if (isDict(value))
    return `{${sortedEntries(value)
      .map(([key, item]) => `${literalText(key)}: ${literalText(item)}`)
      .join(', ')}}`
  return isUndefined(value) ? 'undefined' : printed(value)
}

/** A value as it is printed. An undefined one prints nothing: whether that is allowed is asked before. */
export const printed = (value: Value): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return floatText(value)
  switch (value.kind) {
    case 'none':
      return 'None'
    case 'undefined':
      return ''
    case 'markup':
      return value.text
    case 'callable':
      return '<function>'
    case 'words':
      return quoteWords(value.items.map(printed))
    case 'dict':
      return value.text ?? literalText(value)
    case 'list':
    case 'tuple':
    case 'namespace':
      return literalText(value)
  }
}
