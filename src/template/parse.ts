import { parse as parseTokens } from '@huggingface/jinja'
import { lex, TemplateSyntaxError, type Token } from './lex.ts'
import { rewrite } from './rewrite.ts'

interface Operator {
  readonly value: string
}
/** A word with its line, as `lex` wrote it: take it apart with `wordOf`. */
export interface Identifier {
  readonly type: 'Identifier'
  readonly value: string
}
export interface Call {
  readonly type: 'CallExpression'
  readonly callee: Expression
  readonly args: readonly Expression[]
}
export interface Keyword {
  readonly type: 'KeywordArgumentExpression'
  readonly key: Identifier
  readonly value: Expression
}
interface Tuple {
  readonly type: 'TupleLiteral'
  readonly value: readonly Expression[]
}
export interface Member {
  readonly type: 'MemberExpression'
  readonly object: Expression
  readonly property: Expression
  readonly computed: boolean
}
interface Slice {
  readonly type: 'SliceExpression'
  readonly start: Expression | undefined
  readonly stop: Expression | undefined
  readonly step: Expression | undefined
}

/** The parser's expressions, as far as a template can hold them. */
export type Expression =
  | Identifier
  | Call
  | Keyword
  | Tuple
  | Member
  | Slice
  | { readonly type: 'StringLiteral'; readonly value: string }
  | { readonly type: 'ArrayLiteral'; readonly value: readonly Expression[] }
  | { readonly type: 'ObjectLiteral'; readonly value: ReadonlyMap<Expression, Expression> }
  | {
      readonly type: 'BinaryExpression'
      readonly operator: Operator
      readonly left: Expression
      readonly right: Expression
    }
  | { readonly type: 'UnaryExpression'; readonly operator: Operator; readonly argument: Expression }
  | { readonly type: 'FilterExpression'; readonly operand: Expression; readonly filter: Identifier | Call }
  | { readonly type: 'SelectExpression'; readonly lhs: Expression; readonly test: Expression }
  | {
      readonly type: 'Ternary'
      readonly condition: Expression
      readonly trueExpr: Expression
      readonly falseExpr: Expression
    }
  | { readonly type: 'SpreadExpression' | 'KeywordSpreadExpression'; readonly argument: Expression }

export interface Loop {
  readonly type: 'For'
  readonly loopvar: Identifier | Tuple
  readonly iterable: Expression
  readonly body: readonly Node[]
  readonly defaultBlock: readonly Node[]
}
export interface Macro {
  readonly type: 'Macro'
  readonly name: Identifier
  readonly args: readonly (Identifier | Keyword)[]
  readonly body: readonly Node[]
}
interface Assignment {
  readonly type: 'Set'
  readonly assignee: Expression
  // The parser is not ours: it says null where there is no value.
  readonly value: Expression | null
  readonly body: readonly Node[]
}

/** A statement, or an expression whose value is printed. Text is a StringLiteral made by `text`. */
export type Node =
  | Expression
  | Loop
  | Macro
  | Assignment
  | {
      readonly type: 'If'
      readonly test: Expression
      readonly body: readonly Node[]
      readonly alternate: readonly Node[]
    }
  | { readonly type: 'FilterStatement'; readonly filter: Identifier | Call; readonly body: readonly Node[] }
  | {
      readonly type: 'CallStatement'
      readonly call: Call
      readonly callerArgs: readonly (Identifier | Keyword)[] | null
      readonly body: readonly Node[]
    }
  | { readonly type: 'Break' | 'Continue' }

/** A name or number of the source, with its line. */
export const wordOf = ({ value }: Identifier): { readonly word: string; readonly line: number } => {
  const at = value.lastIndexOf('@')
  return at < 0 ? { word: value, line: 1 } : { word: value.slice(0, at), line: Number(value.slice(at + 1)) }
}

/** Text between tags, told apart from a string that is printed. */
const TEXT = '\0text:'

/** The text of a node that stands between tags; undefined for everything else. */
export const textIn = (node: Node): string | undefined =>
  node.type === 'StringLiteral' && node.value.startsWith(TEXT) ? node.value.slice(TEXT.length) : undefined

const STATEMENTS = /^(?:set|if|elif|else|for|macro|call|filter|break|continue|end\w+)$/

const complain = (tokens: readonly Token[], reached: number): TemplateSyntaxError => {
  const token = tokens[reached]
  const line = token?.line ?? tokens.at(-1)?.line ?? 1
  if (token === undefined) return new TemplateSyntaxError('it ends where a block is still open', line)
  const statement = tokens[reached - 1]?.type === 'OpenStatement' && !STATEMENTS.test(token.text)
  return new TemplateSyntaxError(statement ? `there is no statement "${token.text}"` : `unexpected ${token.text}`, line)
}

/** Parses a template. Throws a TemplateSyntaxError. */
export const parse = (source: string): readonly Node[] => {
  const tokens = rewrite(lex(source)).map((token) =>
    token.type === 'Text' ? { ...token, value: `${TEXT}${token.value}` } : token,
  )
  // The parser's errors have no place; how far it has read is the place.
  let reached = 0
  const watched = new Proxy(tokens, {
    get: (target, key, receiver) => {
      const index = typeof key === 'string' ? Number(key) : Number.NaN
      if (Number.isInteger(index)) reached = Math.max(reached, index)
      return Reflect.get(target, key, receiver)
    },
  })
  try {
    return parseTokens(watched as unknown as Parameters<typeof parseTokens>[0]).body as unknown as readonly Node[]
  } catch {
    throw complain(tokens, reached)
  }
}
