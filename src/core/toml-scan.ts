/** A pair `key = value` where it stands. Offsets count from the beginning of the text. */
export interface TomlPair {
  /** The key from the root, the table that it stands in included. */
  readonly path: readonly string[]
  readonly keyStart: number
  readonly valueStart: number
  readonly valueEnd: number
}

/** A table as it begins: with its header, or at the beginning of the text. */
export interface TomlTable {
  readonly path: readonly string[]
  /** One of several of that name (`[[name]]`). */
  readonly repeated: boolean
  readonly start: number
  /** Behind the header's line. */
  readonly end: number
  readonly pairs: readonly TomlPair[]
}

const SPACE = /[ \t]*/y
const BLANK = /(?:[ \t\r\n]+|#[^\n]*)*/y
const BARE = /[A-Za-z0-9_-]+/y
const BASIC = /"(?:[^"\\\n]|\\.)*"/y
const LITERAL = /'[^'\n]*'/y
const LONG_BASIC = /"""(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}/y
const LONG_LITERAL = /'''(?:[^']|'(?!''))*'{3,5}/y
const PLAIN = /[^,\]}#\r\n]+/y

const take = (pattern: RegExp, text: string, at: number): string | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

const skip = (pattern: RegExp, text: string, at: number): number => at + (take(pattern, text, at)?.length ?? 0)

const partAt = (text: string, at: number): { readonly key: string; readonly end: number } | undefined => {
  const word = take(BARE, text, at) ?? take(LITERAL, text, at) ?? take(BASIC, text, at)
  if (word === undefined) return undefined
  const end = at + word.length
  if (word.startsWith("'")) return { key: word.slice(1, -1), end }
  if (!word.startsWith('"')) return { key: word, end }
  try {
    return { key: JSON.parse(word) as string, end }
  } catch {
    return undefined
  }
}

const keyAt = (text: string, from: number): { readonly path: readonly string[]; readonly end: number } | undefined => {
  const path: string[] = []
  for (let at = from; ; ) {
    const part = partAt(text, skip(SPACE, text, at))
    if (part === undefined) return undefined
    path.push(part.key)
    const behind = skip(SPACE, text, part.end)
    if (text[behind] !== '.') return { path, end: part.end }
    at = behind + 1
  }
}

/** Where a value ends that begins here. */
const valueEndAt = (text: string, at: number): number | undefined => {
  const opening = text[at]
  if (opening === '{') return inlinePairs(text, at, [])?.end
  if (opening !== '[') {
    const string =
      take(LONG_BASIC, text, at) ?? take(LONG_LITERAL, text, at) ?? take(BASIC, text, at) ?? take(LITERAL, text, at)
    const word = string ?? take(PLAIN, text, at)?.trimEnd()
    return word ? at + word.length : undefined
  }
  for (let next = skip(BLANK, text, at + 1); ; ) {
    if (text[next] === ']') return next + 1
    const end = valueEndAt(text, next)
    if (end === undefined) return undefined
    next = skip(BLANK, text, end)
    if (text[next] === ',') next = skip(BLANK, text, next + 1)
    else if (text[next] !== ']') return undefined
  }
}

const pairAt = (text: string, at: number, table: readonly string[]): TomlPair | undefined => {
  const key = keyAt(text, at)
  const sign = key === undefined ? at : skip(SPACE, text, key.end)
  if (key === undefined || text[sign] !== '=') return undefined
  const valueStart = skip(SPACE, text, sign + 1)
  const valueEnd = valueEndAt(text, valueStart)
  return valueEnd === undefined ? undefined : { path: [...table, ...key.path], keyStart: at, valueStart, valueEnd }
}

/** The pairs of an inline table whose brace opens here. Undefined for what can't be read. */
export const inlinePairs = (
  text: string,
  from: number,
  table: readonly string[],
): { readonly pairs: readonly TomlPair[]; readonly end: number } | undefined => {
  if (text[from] !== '{') return undefined
  const pairs: TomlPair[] = []
  for (let at = skip(BLANK, text, from + 1); ; ) {
    if (text[at] === '}') return { pairs, end: at + 1 }
    const pair = pairAt(text, at, table)
    if (pair === undefined) return undefined
    pairs.push(pair)
    at = skip(BLANK, text, pair.valueEnd)
    if (text[at] === ',') at = skip(BLANK, text, at + 1)
    else if (text[at] !== '}') return undefined
  }
}

/** Behind the line break that ends the line. */
export const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end + 1
}

/** The tables of a text that is valid TOML, the root first, with all that stands in them. Undefined where that fails. */
export const scanToml = (text: string): readonly TomlTable[] | undefined => {
  const tables: (TomlTable & { readonly pairs: TomlPair[] })[] = [
    { path: [], repeated: false, start: 0, end: 0, pairs: [] },
  ]
  for (let at = skip(BLANK, text, 0); at < text.length; at = skip(BLANK, text, at)) {
    const table = tables.at(-1)
    if (text[at] === '[') {
      const repeated = text.startsWith('[[', at)
      const key = keyAt(text, at + (repeated ? 2 : 1))
      if (key === undefined) return undefined
      const end = lineEnd(text, key.end)
      tables.push({ path: key.path, repeated, start: at, end, pairs: [] })
      at = end
      continue
    }
    const pair = pairAt(text, at, table?.path ?? [])
    if (pair === undefined || table === undefined) return undefined
    table.pairs.push(pair)
    at = pair.valueEnd
  }
  return tables
}
