/**
 * Cuts a template into the tokens that the parser takes. The parser's own reader keeps no positions; here every word
 * carries its line, so that errors can name it.
 */

/** A piece of a template. `value` is what the parser sees: a word that is no keyword has `@` and its line behind it. */
export interface Token {
  value: string
  readonly type: string
  /** From 1. */
  readonly line: number
  /** Where it stands in the source. */
  readonly at: number
  /** As written. */
  readonly text: string
}

/** A template that can't be read: what is wrong, in which line. */
export class TemplateSyntaxError extends Error {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

const OPENING = /\{(?:\{|%|#)/g
const RAW = /\{%([-+]?)\s*raw\s*([-+]?)%\}/y
const END_RAW = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/g
const INSIDE: readonly (readonly [RegExp, string])[] = [
  [/"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'/y, 'StringLiteral'],
  [/[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*/y, 'Identifier'],
  [/0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?/y, 'NumericLiteral'],
  [/<=|>=|==|!=|<|>/y, 'ComparisonBinaryOperator'],
  [/\*\*/y, 'ExponentiationBinaryOperator'],
  [/\/\/|[*/%]/y, 'MultiplicativeBinaryOperator'],
  [/[-+~]/y, 'AdditiveBinaryOperator'],
  [/=/y, 'Equals'],
  [/\(/y, 'OpenParen'],
  [/\)/y, 'CloseParen'],
  [/\[/y, 'OpenSquareBracket'],
  [/\]/y, 'CloseSquareBracket'],
  [/\{/y, 'OpenCurlyBracket'],
  [/\}/y, 'CloseCurlyBracket'],
  [/,/y, 'Comma'],
  [/\./y, 'Dot'],
  [/:/y, 'Colon'],
  [/\|/y, 'Pipe'],
]

const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else'])
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '/': '/' }

const textIn = (quoted: string): string =>
  quoted.slice(1, -1).replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|([\s\S]))/g, (all, x, u, char: string) => {
    const code = (x ?? u) as string | undefined
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    return ESCAPES[char] ?? (/['"\\]/.test(char) ? char : all)
  })

/** No shell, path or program takes a NUL; and text between tags is told from strings by one (see `parse.ts`). */
const stringOf = (quoted: string, line: number): string => {
  const text = textIn(quoted)
  if (text.includes('\0')) throw new TemplateSyntaxError('a string with a NUL in it', line)
  return text
}

/** Reads on behind `{{` or `{%` until the end of the tag; answers where that is. */
const readTag = (source: string, from: number, lineOf: (at: number) => number, tokens: Token[]): number => {
  const statement = source[from - 1] === '%' || source[from - 2] === '%'
  const closing = statement ? /[-+]?%\}/y : /-?\}\}/y
  let depth = 0
  for (let at = from, first = true; ; ) {
    while (/\s/.test(source[at] ?? '')) at++
    closing.lastIndex = at
    const end = depth === 0 ? closing.exec(source)?.[0] : undefined
    const push = (type: string, text: string, value = text): void =>
      void tokens.push({ value, type, line: lineOf(at), at, text })
    if (end !== undefined) {
      push(statement ? 'CloseStatement' : 'CloseExpression', end, statement ? '%}' : '}}')
      return at + end.length
    }
    if (at >= source.length) throw new TemplateSyntaxError('it ends in the middle of a tag', lineOf(at))
    const found = INSIDE.map(([pattern, type]) => {
      pattern.lastIndex = at
      const match = pattern.exec(source)
      return match === null ? undefined : ([match[0], type] as const)
    }).find((each) => each !== undefined)
    if (found === undefined) throw new TemplateSyntaxError(`unexpected ${source[at]}`, lineOf(at))
    const afterDot = tokens.at(-1)?.type === 'Dot'
    const type = found[1]
    // Behind a dot a number is an index: `x.0.1` is two of them.
    const text = afterDot && type === 'NumericLiteral' ? (found[0].split('.')[0] ?? '') : found[0]
    if (type === 'OpenCurlyBracket') depth++
    if (type === 'CloseCurlyBracket') depth--
    if (type === 'StringLiteral') push(type, text, stringOf(text, lineOf(at)))
    else if (type === 'NumericLiteral') push('Identifier', text, `#${text}@${lineOf(at)}`)
    else if (type === 'Identifier' && !(statement && first) && (afterDot || !KEYWORDS.has(text)))
      push(type, text, `${text}@${lineOf(at)}`)
    else push(type, text)
    first = false
    at += text.length
  }
}

/** The tokens of a whole template. Throws a TemplateSyntaxError. */
export const lex = (source: string): Token[] => {
  const starts = [0]
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
  const lineOf = (at: number): number => {
    const after = starts.findIndex((start) => start > at)
    return after < 0 ? starts.length : after
  }
  const tokens: Token[] = []
  let trim = false
  const text = (from: number, to: number, trimEnd: boolean): void => {
    let piece = source.slice(from, to)
    if (trim) piece = piece.trimStart()
    if (trimEnd) piece = piece.trimEnd()
    if (piece !== '') tokens.push({ value: piece, type: 'Text', line: lineOf(from), at: from, text: piece })
  }
  for (let at = 0; ; ) {
    OPENING.lastIndex = at
    const open = OPENING.exec(source)?.index
    text(at, open ?? source.length, open !== undefined && source[open + 2] === '-')
    if (open === undefined) return tokens
    RAW.lastIndex = open
    const raw = RAW.exec(source)
    const start = { line: lineOf(open), at: open }
    if (raw !== null) {
      END_RAW.lastIndex = RAW.lastIndex
      const end = END_RAW.exec(source)
      if (end === null) throw new TemplateSyntaxError('raw is not closed by endraw', start.line)
      trim = raw[2] === '-'
      text(RAW.lastIndex, end.index, end[1] === '-')
      trim = end[2] === '-'
      at = END_RAW.lastIndex
    } else if (source[open + 1] === '#') {
      const end = source.indexOf('#}', open + 2)
      if (end < 0) throw new TemplateSyntaxError('a comment is not closed', start.line)
      trim = source[end - 1] === '-' && end > open + 2
      at = end + 2
    } else {
      const kind = source[open + 1] === '{' ? 'OpenExpression' : 'OpenStatement'
      const opening = source.slice(open, open + 2)
      const modifier = /[-+]/.test(source[open + 2] ?? '') && (kind === 'OpenStatement' || source[open + 2] === '-')
      tokens.push({ value: opening, type: kind, text: opening, ...start })
      at = readTag(source, open + (modifier ? 3 : 2), lineOf, tokens)
      trim = /^-/.test(tokens.at(-1)?.text ?? '')
    }
  }
}
