import type { ConfigTable } from '../core/config-value.ts'
import { parseToml } from './toml.ts'

const tableOf = async (text: string): Promise<ConfigTable | undefined> => {
  const parsed = await parseToml(text)
  return parsed.kind === 'table' ? parsed.table : undefined
}

const quoted = (text: string): string =>
  // JSON's escapes are TOML's, but for the one control character that JSON lets stand.
  JSON.stringify(text).replaceAll('\u007f', '\\u007f')

/** The commands as TOML, each on a line of its own. */
const listText = (commands: readonly string[]): string =>
  `approved-commands = [\n${commands.map((command) => `    ${quoted(command)},\n`).join('')}]\n`

const hasKey = (table: ConfigTable | undefined, ...path: readonly string[]): boolean => {
  let value: unknown = table
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false
    value = (value as Record<string, unknown>)[key]
  }
  return true
}

/** The lines of a project's table, its header the first; undefined when there is none. */
const sectionOf = async (lines: readonly string[], id: string): Promise<readonly [number, number] | undefined> => {
  const headers = lines.flatMap((line, at) => (/^\s*\[/.test(line) ? [at] : []))
  for (const at of headers) {
    if (!hasKey(await tableOf(lines[at] ?? ''), 'projects', id)) continue
    // Lines of a list may begin with a bracket too: only what is a header by itself ends the table.
    for (const next of headers.filter((each) => each > at))
      if ((await tableOf(lines[next] ?? '')) !== undefined) return [at, next]
    return [at, lines.length]
  }
  return undefined
}

/** Where the list stands among the lines of a table. */
const listIn = async (
  lines: readonly string[],
  from: number,
  to: number,
): Promise<readonly [number, number] | undefined> => {
  const start = lines.findIndex(
    (line, at) => at > from && at < to && /^\s*(?:approved-commands|"approved-commands")\s*=/.test(line),
  )
  if (start < 0) return undefined
  for (let end = start + 1; end <= to; end++)
    if ((await tableOf(lines.slice(start, end).join('\n'))) !== undefined) return [start, end]
  return undefined
}

/**
 * The text of an approvals file with another list of commands for one project. Everything else stays as it is: order,
 * comments, other projects. With no commands, the project's list goes, and its table where nothing else is in it.
 */
export const withCommands = async (text: string, id: string, commands: readonly string[]): Promise<string> => {
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n')
  const section = await sectionOf(lines, id)
  const added = commands.length === 0 ? [] : listText(commands).trimEnd().split('\n')
  if (section === undefined) {
    if (added.length === 0) return text
    const gap = lines.length > 0 && lines.at(-1) !== '' ? [''] : []
    return `${[...lines, ...gap, `[projects.${quoted(id)}]`, ...added].join('\n')}\n`
  }
  const [from, to] = section
  const list = await listIn(lines, from, to)
  const [start, end] = list ?? [from + 1, from + 1]
  const rest = [...lines.slice(from + 1, start), ...lines.slice(end, to)]
  const empty = added.length === 0 && rest.every((line) => line.trim() === '')
  const kept = empty
    ? [...lines.slice(0, from), ...lines.slice(to)]
    : [...lines.slice(0, start), ...added, ...lines.slice(end)]
  const joined = kept.join('\n').replace(/\n+$/, '')
  return joined === '' ? '' : `${joined}\n`
}
