import { nearestName } from './nearest.ts'
import { PLAIN_FILTERS } from './template-filters.ts'

/** Values by variable name. A name whose value is undefined is known and has none here. */
export type Variables = Readonly<Record<string, string | undefined>>

type Part =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'variable'
      readonly name: string
      readonly line: number
      readonly filters: readonly ((text: string) => string)[]
    }

/** A template that has been read. Only plain ones (text, variables, simple filters) can be expanded here. */
export type Template =
  | { readonly kind: 'plain'; readonly parts: readonly Part[] }
  | { readonly kind: 'needs-engine'; readonly source: string }

/** What expanding gave. */
export type Expansion =
  | { readonly kind: 'text'; readonly text: string }
  /** `message` names the variable, its line, and what there is instead. */
  | { readonly kind: 'undefined-variable'; readonly name: string; readonly message: string }

/** Names that older configuration files use. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['repo_root', 'repo_path'],
  ['worktree', 'worktree_path'],
  ['main_worktree', 'repo'],
  ['main_worktree_path', 'primary_worktree_path'],
])

/** Words that mean something to the template language, so that no variable can have them as its name. */
const RESERVED = /^(?:true|false|none|True|False|None|and|or|not|in|is|if|else|loop|self|super|caller|vars|args)$/
const OPENING = /\{[{%#]/g
const PLAIN = /\{\{\s*([A-Za-z_]\w*)((?:\s*\|\s*[A-Za-z_]\w*)*)\s*\}\}/y

const parseVariable = (match: RegExpExecArray, line: number): Part | undefined => {
  const [, name = '', pipe = ''] = match
  if (RESERVED.test(name)) return undefined
  const filters: ((text: string) => string)[] = []
  for (const filter of pipe.split('|').slice(1)) {
    const apply = PLAIN_FILTERS.get(filter.trim())
    if (apply === undefined) return undefined
    filters.push(apply)
  }
  return { kind: 'variable', name: OLD_NAMES.get(name) ?? name, line, filters }
}

/** Reads a template once, to be expanded many times. Anything that is not plain is left to a template engine. */
export const parseTemplate = (source: string): Template => {
  // As in the template language: the newline that ends the file is not part of the text.
  const text = source.replace(/\r?\n$/, '')
  const parts: Part[] = []
  let at = 0
  for (OPENING.lastIndex = 0; ; OPENING.lastIndex = at) {
    const opening = OPENING.exec(text)
    const until = opening?.index ?? text.length
    if (until > at) parts.push({ kind: 'text', text: text.slice(at, until) })
    if (opening === null) return { kind: 'plain', parts }
    PLAIN.lastIndex = until
    const match = PLAIN.exec(text)
    const part = match === null ? undefined : parseVariable(match, text.slice(0, until).split('\n').length)
    if (part === undefined) return { kind: 'needs-engine', source }
    parts.push(part)
    at = PLAIN.lastIndex
  }
}

const undefinedVariable = (name: string, line: number, variables: Variables): Expansion => {
  const known = Object.hasOwn(variables, name)
  const nearest = known ? undefined : nearestName(name, Object.keys(variables))
  const available = Object.keys(variables).filter((other) => variables[other] !== undefined)
  const what = known ? `the variable "${name}" has no value here` : `there is no variable "${name}"`
  const hint = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`
  const message = `${what} in line ${line}${hint}; available: ${available.sort().join(', ')}`
  return { kind: 'undefined-variable', name, message }
}

/** Fills in a plain template. The values go in as they are: nothing is quoted for a shell. */
export const expandTemplate = (template: Template & { readonly kind: 'plain' }, variables: Variables): Expansion => {
  let text = ''
  for (const part of template.parts) {
    if (part.kind === 'text') {
      text += part.text
      continue
    }
    const value = Object.hasOwn(variables, part.name) ? variables[part.name] : undefined
    if (value === undefined) return undefinedVariable(part.name, part.line, variables)
    text += part.filters.reduce((input, filter) => filter(input), value)
  }
  return { kind: 'text', text }
}
