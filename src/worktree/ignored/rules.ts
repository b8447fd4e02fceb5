import ignore from 'ignore'

/** Patterns in the language of `.gitignore`, all relative to the root of a worktree. */
export interface IgnoreRules {
  /** Whether a path, or a directory that it lies in, matches. `path` is relative and has no slash at its end. */
  matches(path: string, isDirectory: boolean): boolean
  /** Whether a pattern names something by its path below this directory, though not the directory itself. */
  reaches(directory: string): boolean
  /** Without the patterns that hold at every depth. */
  placed(): IgnoreRules
}

/** Where a bracket expression ends, and whether its ranges run forwards; undefined when it does not end. */
const bracketAt = (pattern: string, start: number): { readonly end: number; readonly sound: boolean } | undefined => {
  let at = start + 1
  let sound = true
  if (pattern[at] === '!' || pattern[at] === '^') at += 1
  for (let first = true; at < pattern.length; first = false) {
    if (pattern[at] === ']' && !first) return { end: at, sound }
    if (pattern.startsWith('[:', at)) {
      const close = pattern.indexOf(':]', at)
      if (close < 0) return undefined
      at = close + 2
      continue
    }
    if (pattern[at] === '\\') at += 1
    const [from, dash, to] = [pattern[at], pattern[at + 1], pattern[at + 2]]
    if (dash === '-' && to !== undefined && to !== ']') {
      sound &&= (from ?? '') <= (to === '\\' ? (pattern[at + 3] ?? '') : to)
      at += 2
    }
    at += 1
  }
  return undefined
}

/**
 * What is wrong with a pattern, or undefined. git passes over such a pattern in silence: it never matches, which is
 * never what was meant. A brace means itself there; one that is never closed was meant for another language.
 */
export const patternProblem = (line: string): string | undefined => {
  if (line.startsWith('#')) return undefined
  let open = 0
  for (let at = 0; at < line.length; at++) {
    const char = line[at]
    if (char === '\\') {
      if (at === line.length - 1) return 'it ends in a backslash'
      at += 1
    } else if (char === '[') {
      const bracket = bracketAt(line, at)
      if (bracket === undefined) return 'its [ is never closed'
      if (!bracket.sound) return 'a range in it runs backwards'
      at = bracket.end
    } else if (char === '{') open += 1
    else if (char === '}' && open > 0) open -= 1
  }
  return open > 0 ? 'its { is never closed' : undefined
}

/** The parts of a pattern that is tied to a place; undefined for one that holds at every depth. */
const placedParts = (pattern: string): readonly string[] | undefined => {
  const body = pattern.replace(/\s+$/, '').replace(/\/$/, '')
  if (/^(?:[#!]|$)/.test(body) || body.startsWith('**/') || !body.includes('/')) return undefined
  return body.replace(/^\//, '').split('/')
}

const WILD = /[*?[\\]/

const leadsInto = (parts: readonly string[], directory: readonly string[]): boolean => {
  for (const [at, name] of directory.entries()) {
    const part = parts[at]
    if (part === '**') return true
    if (part === undefined || (part !== name && !WILD.test(part))) return false
  }
  return parts.length > directory.length
}

/** Reads patterns, one a line. What `patternProblem` objects to must have been dealt with. */
export const readRules = (lines: readonly string[]): IgnoreRules => {
  const patterns = lines.map((line) => line.replace(/\r$/, ''))
  const matcher = ignore({ ignorecase: false }).add(patterns)
  const placed = patterns.flatMap((pattern) => {
    const parts = placedParts(pattern)
    return parts === undefined ? [] : [parts]
  })
  return {
    matches: (path, isDirectory) => matcher.ignores(isDirectory ? `${path}/` : path),
    reaches: (directory) => {
      const names = directory.split('/')
      return placed.some((parts) => leadsInto(parts, names))
    },
    placed: () => readRules(patterns.filter((line) => line.startsWith('!') || placedParts(line) !== undefined)),
  }
}
