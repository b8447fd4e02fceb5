import { type Callable, isUndefined, TemplateError, undefinedValue, type Value } from './value.ts'

/** A filter or a test: the value it is put behind, then its arguments. */
export type Operation = (input: Value, args: readonly Value[], named: ReadonlyMap<string, Value>, tools: Tools) => Value

/** What filters that take other filters need. */
export interface Tools {
  readonly filters: ReadonlyMap<string, Operation>
  readonly tests: ReadonlyMap<string, Operation>
}

/** The names that mean something at one place of a template. */
export class Scope {
  readonly names: Map<string, Value>
  readonly outer: Scope | undefined
  constructor(outer: Scope | undefined, names: Iterable<readonly [string, Value]> = []) {
    this.outer = outer
    this.names = new Map(names)
  }

  find(name: string): Value | undefined {
    return this.names.get(name) ?? this.outer?.find(name)
  }
}

/** Stops a loop. */
export class LoopSignal extends Error {
  readonly kind: 'Break' | 'Continue'
  /** What the loop's body had made by then. */
  made = ''
  constructor(kind: 'Break' | 'Continue') {
    super(kind)
    this.kind = kind
  }
}

/** One expansion while it runs. */
export interface Run extends Tools {
  /** How a value becomes part of the text. */
  print: (value: Value) => string
  /** The same where the text is kept as a value, which is quoted only when that is printed. */
  readonly capture: (value: Value) => string
  /** The line of the word that was read last: errors are told to be there. */
  line: number
  /** How deep macros call each other. */
  depth: number
}

export const callable = (call: Callable['call']): Callable => ({ kind: 'callable', call })

/** The member of a value, as `a.b` and `a["b"]` ask for it. */
export const memberOf = (object: Value, key: Value, name: string | undefined): Value => {
  if (isUndefined(object)) return object
  if (typeof object === 'object' && 'entries' in object) return object.entries.get(key) ?? undefinedValue(name)
  if (typeof key === 'bigint') {
    const items =
      typeof object === 'string' ? [...object] : typeof object === 'object' && 'items' in object ? object.items : []
    return items.at(Number(key)) ?? undefinedValue(name)
  }
  if (typeof object === 'object' && object.kind === 'callable') throw new TemplateError('a function has no members')
  return undefinedValue(name)
}
