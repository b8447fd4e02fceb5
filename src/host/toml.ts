import type { ConfigTable } from '../core/config-value.ts'
import { printable } from '../core/printable.ts'

export type ParsedToml =
  | { readonly kind: 'table'; readonly table: ConfigTable }
  /** `line` and `column` count from 1; `excerpt` shows the place with a caret under it. */
  | {
      readonly kind: 'broken'
      readonly line: number
      readonly column: number
      readonly reason: string
      readonly excerpt: string
    }

/** Parses TOML. The parser is loaded by the first call, as most runs have little or nothing to parse. */
export const parseToml = async (text: string): Promise<ParsedToml> => {
  const { parse, TomlError } = await import('smol-toml')
  try {
    return { kind: 'table', table: parse(text, { integersAsBigInt: false }) }
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const { line, column, codeblock } = error
    const reason = error.message.split('\n')[0]?.replace(/^Invalid TOML document: /, '') ?? ''
    return { kind: 'broken', line, column, reason: printable(reason), excerpt: printable(codeblock.trimEnd()) }
  }
}
