import type { GitValues } from '../../src/core/git-values.ts'

/** Git configuration as a table: keys and values in the order in which git would read them. */
export const gitValues = (entries: readonly (readonly [key: string, value: string])[]): GitValues => ({
  get: (key) => entries.findLast(([name]) => name === key)?.[1],
  all: (key) => entries.filter(([name]) => name === key).map(([, value]) => value),
  keys: (prefix) => [...new Set(entries.map(([name]) => name).filter((name) => name.startsWith(prefix)))],
})
