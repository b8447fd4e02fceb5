/** One change of a configuration file: a value for a key, or the removal of the key (`undefined`). */
export interface ConfigEdit {
  /** `section.name` or `section.subsection.name`; the subsection keeps its case and may hold dots. */
  readonly key: string
  readonly value: string | undefined
}

interface Name {
  readonly section: string
  readonly subsection: string | undefined
  readonly variable: string
}

interface Variable {
  readonly variable: string
  /** Offsets of its lines in the text, the line break included. */
  readonly start: number
  readonly end: number
}

interface Section {
  readonly section: string
  readonly subsection: string | undefined
  readonly start: number
  /** Behind its last line that is neither empty nor a comment. */
  end: number
  readonly variables: Variable[]
}

const HEADER =
  /[ \t]*\[[ \t]*([A-Za-z0-9.-]+)(?:[ \t]+"((?:[^"\\\n]|\\[^\n])*)")?[ \t]*\][ \t]*(?:[#;][^\n]*)?(?:\r?\n|$)/y
const EMPTY = /[ \t]*(?:[#;][^\n]*)?(?:\r?\n|$)/y
const VARIABLE = /[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*(?:(=)|[#;\r\n]|$)/y

/** Where a value ends: behind the line break that is neither escaped nor in quotes. Undefined for an unclosed quote. */
const endOfValue = (text: string, from: number): number | undefined => {
  let quoted = false
  for (let at = from; at < text.length; at++) {
    const char = text[at]
    if (char === '\\') at += text.startsWith('\\\r\n', at) ? 2 : 1
    else if (char === '"') quoted = !quoted
    else if (char === '\n') return quoted ? undefined : at + 1
    else if (!quoted && (char === '#' || char === ';')) {
      const end = text.indexOf('\n', at)
      return end < 0 ? text.length : end + 1
    }
  }
  return quoted ? undefined : text.length
}

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | undefined => {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}

/** The sections of a file by git-config(1), each where it stands. Undefined for anything out of the ordinary. */
const parse = (text: string): readonly Section[] | undefined => {
  const sections: Section[] = []
  for (let at = 0; at < text.length; ) {
    const empty = match(EMPTY, text, at)
    if (empty !== undefined && empty[0] !== '') {
      at += empty[0].length
      continue
    }
    const header = match(HEADER, text, at)
    if (header !== undefined) {
      const [whole, section = '', subsection] = header
      // `[section.sub]` is an old spelling whose subsection does not keep its case.
      if (section.includes('.')) return undefined
      const end = at + whole.length
      const name = subsection?.replaceAll(/\\(.)/g, '$1')
      sections.push({ section: section.toLowerCase(), subsection: name, start: at, end, variables: [] })
      at = end
      continue
    }
    const variable = match(VARIABLE, text, at)
    const section = sections.at(-1)
    if (variable === undefined || section === undefined) return undefined
    const from = variable[2] === undefined ? at + variable[0].trimEnd().length : at + variable[0].length
    const end = endOfValue(text, from)
    if (end === undefined) return undefined
    section.variables.push({ variable: (variable[1] ?? '').toLowerCase(), start: at, end })
    section.end = end
    at = end
  }
  return sections
}

const nameOf = (key: string): Name => {
  const [first, last] = [key.indexOf('.'), key.lastIndexOf('.')]
  return {
    section: key.slice(0, first).toLowerCase(),
    subsection: first === last ? undefined : key.slice(first + 1, last),
    variable: key.slice(last + 1).toLowerCase(),
  }
}

const quoted = (value: string): string =>
  `"${value.replaceAll(/[\\"]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\b', '\\b')}"`

const headerOf = ({ section, subsection }: Name): string =>
  subsection === undefined ? `[${section}]` : `[${section} "${subsection.replaceAll(/[\\"]/g, '\\$&')}"]`

const splice = (text: string, { start, end }: Pick<Variable, 'start' | 'end'>, by: string): string =>
  text.slice(0, start) + by + text.slice(end)

const endedLine = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`)

/** Takes sections of that name out of which nothing is left but the header, as git does when it unsets a key. */
const withoutEmpty = (text: string, name: Name): string => {
  const sections = parse(text) ?? []
  const ends = sections.map((_, at) => sections[at + 1]?.start ?? text.length)
  return sections
    .map(({ section, subsection, start, variables }, at) => {
      const end = ends[at] ?? text.length
      const own = section === name.section && subsection === name.subsection
      const idle = own && variables.length === 0 && /^[^\n]*\][ \t]*\r?\n\s*$/.test(text.slice(start, end))
      return { start, end: idle ? end : start }
    })
    .toReversed()
    .reduce((edited, each) => splice(edited, each, ''), text)
}

const applyOne = (text: string, { key, value }: ConfigEdit): string | undefined => {
  const sections = parse(text)
  if (sections === undefined) return undefined
  const name = nameOf(key)
  const own = sections.filter(({ section, subsection }) => section === name.section && subsection === name.subsection)
  const found = own.flatMap(({ variables }) => variables.filter(({ variable }) => variable === name.variable))
  const line = value === undefined ? '' : `\t${key.slice(key.lastIndexOf('.') + 1)} = ${quoted(value)}\n`
  // From behind, so that the offsets before stay right; the last one gets the new value, as in `--replace-all`.
  const replaced = found
    .toReversed()
    .reduce((edited, variable, at) => splice(edited, variable, at === 0 ? line : ''), text)
  if (value === undefined) return found.length > 0 ? withoutEmpty(replaced, name) : text
  if (found.length > 0) return replaced
  const last = own.at(-1)
  if (last === undefined) return `${endedLine(text)}${headerOf(name)}\n${line}`
  return endedLine(text.slice(0, last.end)) + line + text.slice(last.end)
}

/**
 * Edits the text of a git configuration file as `git config --replace-all` and `--unset-all` would: whatever is not
 * concerned stays byte for byte. Undefined where the text is out of the ordinary (see git-config(1)): leave it to git.
 */
export const editConfigText = (text: string, edits: readonly ConfigEdit[]): string | undefined => {
  let edited: string | undefined = text
  for (const edit of edits) {
    if (edited === undefined || edit.value?.includes('\0')) return undefined
    edited = applyOne(edited, edit)
  }
  return edited
}

/** Takes every section of that name out, with what stands in it, as `git config --remove-section` would. */
export const dropSectionText = (text: string, section: string, subsection: string): string | undefined => {
  const sections = parse(text)
  if (sections === undefined) return undefined
  return sections
    .map((each, at) => ({ ...each, end: sections[at + 1]?.start ?? text.length }))
    .filter((each) => each.section === section && each.subsection === subsection)
    .toReversed()
    .reduce((edited, each) => splice(edited, each, ''), text)
}
