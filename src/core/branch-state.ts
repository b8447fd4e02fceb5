import type { GitValues } from './git-values.ts'
import type { BranchName } from './ids.ts'

/** What a user or an agent has put on a branch, and when. */
export interface Marker {
  readonly text: string
  /** Seconds since 1970; undefined where whoever wrote it did not say. */
  readonly setAt: number | undefined
}

const PREFIX = 'wt.state.'
const MARKER = '.marker'
const VARS = '.vars.'

/** What a variable may be called: what git takes for the last part of a key. It reads that part in lower case. */
export const isVarName = (name: string): boolean => /^[A-Za-z][A-Za-z0-9-]*$/.test(name)

/** A variable's name as git gives it back. */
export const storedVarName = (name: string): string => name.toLowerCase()

/** Where the marker of a branch stands in git's configuration. */
export const markerKey = (branch: BranchName): string => `${PREFIX}${branch}${MARKER}`

/** Where a variable of a branch stands, as it is written. */
export const varKey = (branch: BranchName, name: string): string => `${PREFIX}${branch}${VARS}${name}`

/** A marker as the configuration has it. */
export const markerValue = (text: string, setAt: number): string => JSON.stringify({ marker: text, set_at: setAt })

/** The marker in a value; undefined for anything else. */
const parseMarker = (value: string | undefined): Marker | undefined => {
  if (!value?.startsWith('{')) return undefined
  try {
    const { marker, set_at: at } = JSON.parse(value) as { readonly marker?: unknown; readonly set_at?: unknown }
    return typeof marker === 'string' ? { text: marker, setAt: typeof at === 'number' ? at : undefined } : undefined
  } catch {
    return undefined
  }
}

/** The marker of a branch; an empty one counts as none. */
export const markerIn = (values: GitValues, branch: BranchName): Marker | undefined => {
  const marker = parseMarker(values.get(markerKey(branch)))
  return marker?.text === '' ? undefined : marker
}

/** One variable of one branch. */
export interface Var {
  readonly branch: BranchName
  readonly name: string
  readonly value: string
}

/** The marker of a branch called `x.vars` stands where a variable `marker` of `x` would: what it looks like decides. */
const varAt = (values: GitValues, key: string): Var | undefined => {
  const rest = key.slice(PREFIX.length)
  // A branch name may hold `.vars.` itself; the variable is what follows the last one.
  const at = rest.lastIndexOf(VARS)
  const name = rest.slice(at + VARS.length)
  const value = values.get(key) ?? ''
  if (at <= 0 || !isVarName(name) || (name === 'marker' && parseMarker(value) !== undefined)) return undefined
  return { branch: rest.slice(0, at) as BranchName, name, value }
}

/** Every variable there is, of every branch, in git's order. */
export const allVars = (values: GitValues): readonly Var[] =>
  values.keys(PREFIX).flatMap((key) => varAt(values, key) ?? [])

/** The variables of a branch by name, in lower case. */
export const varsIn = (values: GitValues, branch: BranchName): ReadonlyMap<string, string> =>
  new Map(
    values
      .keys(`${PREFIX}${branch}${VARS}`)
      .flatMap((key) => varAt(values, key) ?? [])
      .filter((each) => each.branch === branch)
      .map(({ name, value }) => [name, value]),
  )

/** Every branch that has a marker, an empty one included. */
export const allMarkers = (values: GitValues): readonly (Marker & { readonly branch: BranchName })[] =>
  values.keys(PREFIX).flatMap((key) => {
    const marker = key.endsWith(MARKER) ? parseMarker(values.get(key)) : undefined
    return marker === undefined ? [] : [{ branch: key.slice(PREFIX.length, -MARKER.length) as BranchName, ...marker }]
  })
