import { describe, expect, test } from 'vitest'
import { ENTRY_SETTINGS, PROJECT_SETTINGS, USER_SETTINGS } from '../../src/core/config-reference.ts'
import { PROJECT_ENTRY, PROJECT_SCHEMA, type Shape, shapeAt, USER_SCHEMA } from '../../src/core/config-schema.ts'
import { tomlValue } from '../../src/core/toml-text.ts'
import { textOf } from '../architecture/tree.ts'

const page = textOf('docs/configuration.md')

/** The other names of two hooks. */
const ALIASES = ['pre-create', 'post-create']

/** Every key of a schema; a name of the user's own is `*`. */
const keysOf = (shape: Shape, path = ''): readonly string[] => {
  if (shape.kind === 'named') return keysOf(shape.value, `${path}.*`)
  if (shape.kind !== 'table') return [path]
  return [...shape.keys].flatMap(([key, inner]) => keysOf(inner, path === '' ? key : `${path}.${key}`))
}

const starred = (key: string): string => key.replace(/<\w+>/g, '*')

describe('every key of the schema is told of', () => {
  test.each([
    ['a user’s file', keysOf(USER_SCHEMA), USER_SETTINGS],
    ['a project’s entry', keysOf(PROJECT_ENTRY), [...USER_SETTINGS, ...ENTRY_SETTINGS]],
    ['a project’s file', keysOf(PROJECT_SCHEMA), PROJECT_SETTINGS],
  ] as const)('in %s', (_, keys, settings) => {
    const told = settings.map(({ key }) => starred(key))
    const wanted = keys.filter((key) => !key.startsWith('projects.') && !ALIASES.includes(key))
    expect(wanted.filter((key) => !told.includes(key))).toEqual([])
  })

  test('and no other', () => {
    const known = (schema: Shape, key: string): boolean => shapeAt(schema, starred(key).split('.')) !== undefined
    expect(USER_SETTINGS.filter(({ key }) => !known(USER_SCHEMA, key))).toEqual([])
    expect(ENTRY_SETTINGS.filter(({ key }) => !known(PROJECT_ENTRY, key))).toEqual([])
    expect(PROJECT_SETTINGS.filter(({ key }) => !known(PROJECT_SCHEMA, key))).toEqual([])
  })

  test('on the page, with what counts where nobody has set it', () => {
    const missing = [...USER_SETTINGS, ...ENTRY_SETTINGS, ...PROJECT_SETTINGS].filter(({ key, initial }) => {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${key}\` `))
      const value = initial === undefined ? undefined : tomlValue(initial).replaceAll('|', '\\|')
      return row === undefined || (value !== undefined && !row.includes(`\`${value}\``))
    })
    expect(missing).toEqual([])
    for (const name of ALIASES) expect(page).toContain(name)
  })
})
