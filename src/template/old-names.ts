import { OLD_NAMES } from '../core/template.ts'
import { lex, type Token } from './lex.ts'

const isWord = (token: Token | undefined, word: string): boolean => token?.type === 'Identifier' && token.text === word

/** The names that a template gives a value of its own. */
const boundIn = (tokens: readonly Token[]): ReadonlySet<string> => {
  const bound = new Set<string>()
  for (const [at, token] of tokens.entries()) {
    if (tokens[at - 1]?.type !== 'OpenStatement' || !/^(?:set|for|with|macro|call)$/.test(token.text)) continue
    for (let next = at + 1; next < tokens.length && tokens[next]?.type !== 'CloseStatement'; next++) {
      const each = tokens[next] as Token
      if (token.text === 'for' && isWord(each, 'in')) break
      if (token.text === 'set' && each.type === 'Equals') break
      if (token.text === 'with' && tokens[next + 1]?.type !== 'Equals') continue
      if (each.type === 'Identifier') bound.add(each.text)
    }
  }
  return bound
}

/** Whether the word stands where a variable is read: not behind a dot, a bar or `is`, not as the name of an argument. */
const readsVariable = (tokens: readonly Token[], at: number): boolean => {
  const [before, token, after] = [tokens[at - 1], tokens[at], tokens[at + 1]]
  if (token?.type !== 'Identifier' || after?.type === 'Equals' || before?.type === 'OpenStatement') return false
  return before?.type !== 'Dot' && before?.type !== 'Pipe' && !isWord(before, 'is')
}

/**
 * The template with the names of older configuration files replaced, by syntax: not in text, not in quotes, and not
 * where the template gives the old or the new name a value of its own. A template that can't be read stays as it is.
 */
export const renameOldNames = (source: string): string => {
  let tokens: readonly Token[]
  try {
    tokens = lex(source)
  } catch {
    return source
  }
  const bound = boundIn(tokens)
  let out = ''
  let from = 0
  for (const [at, token] of tokens.entries()) {
    const name = readsVariable(tokens, at) ? OLD_NAMES.get(token.text) : undefined
    if (name === undefined || bound.has(name) || bound.has(token.text)) continue
    out += source.slice(from, token.at) + name
    from = token.at + token.text.length
  }
  return out + source.slice(from)
}

/** Whether it is worth looking for old names at all. */
export const mayHaveOldNames = (source: string): boolean => [...OLD_NAMES.keys()].some((name) => source.includes(name))
