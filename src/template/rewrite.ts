import { TemplateSyntaxError, type Token } from './lex.ts'

const KEYWORD = /^(?:and|or|not|in|is|if|else)$/

/** The name by which the evaluator knows a test: no filter can have a space in its name. */
export const TEST = 'is '
export const NEGATED_TEST = 'is not '
/** The loop variable of what was written as `{% with %}`. */
export const WITH = '#with'

const like = (token: Token, type: string, value: string): Token => ({ ...token, type, value })

const isKeyword = (token: Token | undefined, word: string): boolean =>
  token?.type === 'Identifier' && token.value === word

const beginsArgument = ({ type, value }: Token): boolean =>
  type === 'StringLiteral' || (type === 'Identifier' && !KEYWORD.test(value))

/**
 * The parser knows tests by name only. A test binds as a filter does, so `x is odd` goes to it as a filter. The one
 * argument of a test may stand without parentheses.
 */
const testsAsFilters = (tokens: readonly Token[]): readonly Token[] => {
  const out: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (!isKeyword(token, 'is')) {
      out.push(token)
      continue
    }
    const negated = isKeyword(tokens[at + 1], 'not')
    if (negated) at++
    const name = tokens[++at]
    if (name?.type !== 'Identifier')
      throw new TemplateSyntaxError('expected the name of a test behind "is"', token.line)
    const word = `${negated ? NEGATED_TEST : TEST}${name.text}@${name.line}`
    out.push(like(token, 'Pipe', '|'), like(name, 'Identifier', word))
    const next = tokens[at + 1]
    if (next !== undefined && beginsArgument(next)) {
      out.push(like(next, 'OpenParen', '('), next, like(next, 'CloseParen', ')'))
      at++
    }
  }
  return out
}

/** Where a statement that begins at `from` ends, and where commas stand in it outside of brackets. */
const partsOf = (
  tokens: readonly Token[],
  from: number,
): { readonly end: number; readonly commas: readonly number[] } => {
  const commas: number[] = []
  let depth = 0
  for (let at = from; at < tokens.length; at++) {
    const type = tokens[at]?.type ?? ''
    if (type === 'CloseStatement') return { end: at, commas }
    if (/^Open/.test(type)) depth++
    if (/^Close/.test(type)) depth--
    if (type === 'Comma' && depth === 0) commas.push(at)
  }
  return { end: tokens.length, commas }
}

/** The parser has no `with`: a loop of one turn has the same scope. */
const withAsLoop = (tokens: readonly Token[]): readonly Token[] => {
  const out: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    const opens = tokens[at - 1]?.type === 'OpenStatement'
    if (opens && token.value === 'endwith') out.push(like(token, 'Identifier', 'endfor'))
    else if (opens && token.value === 'with') {
      const { end, commas } = partsOf(tokens, at + 1)
      const words = ['for', `${WITH}@${token.line}`, 'in'].map((word) => like(token, 'Identifier', word))
      const once = ['OpenSquareBracket', 'StringLiteral', 'CloseSquareBracket'].map((type) => like(token, type, ''))
      out.push(...words, ...once)
      let from = at + 1
      for (const until of [...commas, end]) {
        if (until > from) {
          out.push(like(token, 'CloseStatement', '%}'), like(token, 'OpenStatement', '{%'))
          out.push(like(token, 'Identifier', 'set'), ...tokens.slice(from, until))
        }
        from = until + 1
      }
      at = end - 1
    } else out.push(token)
  }
  return out
}

/** Puts what the parser does not know in words that it does. */
export const rewrite = (tokens: readonly Token[]): readonly Token[] => testsAsFilters(withAsLoop(tokens))
