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
  /** It can't be read, or does something that has no meaning. */
  | { readonly kind: 'invalid'; readonly message: string }

/** Names that older configuration files use, and what is meant by them. */
export const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['repo_root', 'repo_path'],
  ['worktree', 'worktree_path'],
  ['main_worktree', 'repo'],
  ['main_worktree_path', 'primary_worktree_path'],
])

/** Words that mean something to the template language, so that no variable can have them as its name. */
const RESERVED = /^(?:true|false|none|True|False|None|and|or|not|in|is|if|else|loop|self|super|caller|vars|args)$/
const OPENING = /\{[{%#]/g
const PLAIN = /\{\{\s*([A-Za-z_]\w*)((?:\s*\|\s*[A-Za-z_]\w*)*)\s*\}\}/y

const parseVariable = (match: RegExpExecArray, line: number, oldNames: boolean): Part | undefined => {
  const [, name = '', pipe = ''] = match
  if (RESERVED.test(name)) return undefined
  const filters: ((text: string) => string)[] = []
  for (const filter of pipe.split('|').slice(1)) {
    const apply = PLAIN_FILTERS.get(filter.trim())
    if (apply === undefined) return undefined
    filters.push(apply)
  }
  return { kind: 'variable', name: (oldNames ? OLD_NAMES.get(name) : undefined) ?? name, line, filters }
}

/** How a template is read. */
export interface ReadingOptions {
  /** Names of older configuration files mean what they meant. Default: true. */
  readonly oldNames?: boolean
  /** The newline that ends the template is part of the text. Default: false, as in the template language. */
  readonly keepNewline?: boolean
}

/** Reads a template once, to be expanded many times. Anything that is not plain is left to a template engine. */
export const parseTemplate = (source: string, options: ReadingOptions = {}): Template => {
  const { oldNames = true, keepNewline = false } = options
  const text = keepNewline ? source : source.replace(/\r?\n$/, '')
  const parts: Part[] = []
  let at = 0
  for (OPENING.lastIndex = 0; ; OPENING.lastIndex = at) {
    const opening = OPENING.exec(text)
    const until = opening?.index ?? text.length
    if (until > at) parts.push({ kind: 'text', text: text.slice(at, until) })
    if (opening === null) return { kind: 'plain', parts }
    PLAIN.lastIndex = until
    const match = PLAIN.exec(text)
    const part = match === null ? undefined : parseVariable(match, text.slice(0, until).split('\n').length, oldNames)
    if (part === undefined) return { kind: 'needs-engine', source }
    parts.push(part)
    at = PLAIN.lastIndex
  }
}

/** What is said of a name without a value: the name, its line, the one that was meant, and what there is. */
export const undefinedVariable = (name: string, line: number, names: Readonly<Record<string, unknown>>): Expansion => {
  const known = Object.hasOwn(names, name)
  const nearest = known ? undefined : nearestName(name, Object.keys(names))
  const available = Object.keys(names).filter((other) => names[other] !== undefined)
  const inside = /[.[]/.test(name) || known
  const what = inside ? `the variable "${name}" has no value here` : `there is no variable "${name}"`
  const hint = nearest === undefined ? '' : ` (did you mean "${nearest}"?)`
  const message = `${what} in line ${line}${hint}; available: ${available.sort().join(', ')}`
  return { kind: 'undefined-variable', name, message }
}

const asIs = (text: string): string => text

/** Fills in a plain template. `quote` is the last thing done to each value; by default they go in as they are. */
export const expandTemplate = (
  template: Template & { readonly kind: 'plain' },
  variables: Variables,
  quote: (text: string) => string = asIs,
): Expansion => {
  let text = ''
  for (const part of template.parts) {
    if (part.kind === 'text') {
      text += part.text
      continue
    }
    const value = Object.hasOwn(variables, part.name) ? variables[part.name] : undefined
    if (value === undefined) return undefinedVariable(part.name, part.line, variables)
    text += quote(part.filters.reduce((input, filter) => filter(input), value))
  }
  return { kind: 'text', text }
}
