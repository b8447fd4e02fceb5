import { byteCount } from './byte-count.ts'
import { PROJECT_SCHEMA, RENAMED, type Shape, shapeAt, type TableShape, USER_SCHEMA } from './config-schema.ts'
import { type ConfigTable, type ConfigValue, describeValue, isTable, keyPath } from './config-value.ts'
import { commandProblem } from './hooks.ts'
import { nearestName } from './nearest.ts'

/** What is wrong with a layer. Errors make it unusable; each text names its key. */
export interface Findings {
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

const isTexts = (value: ConfigValue): boolean => Array.isArray(value) && value.every((item) => typeof item === 'string')

/** What a value of this shape must be, when `value` is not that; undefined when it fits. Looks no deeper than itself. */
export const misfit = (shape: Shape, value: ConfigValue): string | undefined => {
  const unless = (fits: boolean, expected: string): string | undefined => (fits ? undefined : expected)
  switch (shape.kind) {
    case 'text':
      return unless(typeof value === 'string', 'text')
    case 'filled-text':
      return unless(typeof value === 'string' && value.trim() !== '', 'text that is not empty')
    case 'flag':
      return unless(typeof value === 'boolean', 'true or false')
    case 'count':
      return unless(Number.isSafeInteger(value) && Number(value) >= 0, 'a whole number, 0 or more')
    case 'integer':
      return unless(Number.isSafeInteger(value), 'a whole number')
    case 'positive':
      return unless(Number.isSafeInteger(value) && Number(value) >= 1, 'a whole number, 1 or more')
    case 'texts':
      return unless(isTexts(value), 'a list of texts')
    case 'word':
      return unless(typeof value === 'string' && shape.words.includes(value), `one of ${shape.words.join(', ')}`)
    case 'command':
      return commandProblem(value)
    case 'size':
      return unless(byteCount(String(value)) !== undefined, 'a size such as 50MB')
    case 'table':
    case 'named':
      return unless(isTable(value), 'a table')
    case 'schema-version':
    case 'anything':
      return undefined
  }
}

const unknownKey = (path: readonly string[], siblings: Iterable<string>, schema: TableShape): string => {
  const name = path.at(-1) ?? ''
  const what = `unknown key ${keyPath(path)}`
  const renamed = RENAMED.get(path.join('.'))
  if (renamed !== undefined) return `${what}; it is ${renamed} now`
  if (schema === USER_SCHEMA && shapeAt(PROJECT_SCHEMA, path) !== undefined) {
    return `${what}; it belongs in a project's .config/wt.toml`
  }
  if (schema === PROJECT_SCHEMA && shapeAt(USER_SCHEMA, path) !== undefined) {
    return `${what}; it belongs in the user configuration`
  }
  const nearest = nearestName(name, siblings)
  return nearest === undefined ? what : `${what}; did you mean ${keyPath([...path.slice(0, -1), nearest])}?`
}

const schemaVersion = (path: readonly string[], value: ConfigValue): string | undefined => {
  if (value === 2) return undefined
  const what = `${keyPath(path)} = ${describeValue(value)} has no effect`
  return value === 1
    ? `${what}: the bare array of schema 1 is gone, JSON always has schema 2`
    : `${what}: only 2 exists`
}

/** Checks a whole layer against its schema (`USER_SCHEMA` or `PROJECT_SCHEMA`). */
export const checkTable = (root: ConfigTable, schema: TableShape): Findings => {
  const errors: string[] = []
  const warnings: string[] = []
  const visit = (value: ConfigValue, shape: Shape, path: readonly string[]): void => {
    const expected = misfit(shape, value)
    if (expected !== undefined) {
      errors.push(`${keyPath(path)} must be ${expected}, not ${describeValue(value)}`)
      return
    }
    if (shape.kind === 'schema-version') {
      const warning = schemaVersion(path, value)
      if (warning !== undefined) warnings.push(warning)
    }
    if (!isTable(value) || (shape.kind !== 'table' && shape.kind !== 'named')) return
    if (shape.kind === 'table' && shape.required !== undefined && !Object.hasOwn(value, shape.required)) {
      errors.push(`${keyPath(path)} has no ${shape.required}`)
    }
    for (const [key, inner] of Object.entries(value)) {
      const innerShape = shape.kind === 'table' ? shape.keys.get(key) : shape.value
      if (innerShape !== undefined) visit(inner, innerShape, [...path, key])
      else if (shape.kind === 'table') warnings.push(unknownKey([...path, key], shape.keys.keys(), schema))
    }
  }
  visit(root, schema, [])
  return { errors, warnings }
}
