import type { Expansion } from '../core/template.ts'

/** What a variable can be: text, the words of a command line, whatever JSON can say, or texts that have members. */
export type VariableValue =
  | string
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'data'; readonly value: unknown }
  /** A list of texts, each of which has members. */
  | { readonly kind: 'records'; readonly records: readonly TextRecord[] }

interface TextRecord {
  readonly text: string
  readonly members: Readonly<Record<string, string>>
}

/** Values by name. A name whose value is undefined is known and has none here. */
export type TemplateVariables = Readonly<Record<string, VariableValue | undefined>>

/** Functions by name: each takes the name of a branch. They may throw a WtError. */
export type TemplateFunctions = Readonly<Record<string, (branch: string) => string>>

export interface CompileOptions {
  /**
   * `shell`: each value is made one word of shell text as it is printed, after all filters, and the newline that ends
   * the template stays. `none`: values go in as they are. Default: `none`.
   */
  readonly quoting?: 'none' | 'shell'
  /** Names of older configuration files mean what they meant: for templates of configuration only. Default: true. */
  readonly oldNames?: boolean
}

/** A template that has been read once and can be expanded many times. */
export interface CompiledTemplate {
  /** Why it can't be read; expanding it answers the same. */
  readonly problem: string | undefined
  /** The variables that it expects, with the line that reads each first. */
  readonly names: readonly { readonly name: string; readonly line: number; readonly members: readonly string[] }[]
  expand(variables: TemplateVariables, functions?: TemplateFunctions): Expansion
}
