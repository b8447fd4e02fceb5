import type { RangeCommit } from '../../../git/landing/range.ts'

const plain = (path: string): string => path.replaceAll(/[\p{Cc}\p{Cs}]/gu, '?')
const baseName = (path: string): string => plain(path.slice(path.replace(/\/$/, '').lastIndexOf('/') + 1))

/** The message for work that nobody has described: the names of the files. */
export const builtInCommit = (staged: readonly string[]): string => {
  const names = [...new Set(staged.map(baseName))]
  const [first = '', second = '', third = ''] = names
  if (names.length <= 1) return first === '' ? 'Changes' : `Changes to ${first}`
  if (names.length === 2) return `Changes to ${first} & ${second}`
  return names.length === 3 ? `Changes to ${first}, ${second} & ${third}` : `Changes to ${names.length} files`
}

/** The message for several commits in one: their subjects. A single one keeps its own words. */
export const builtInSquash = (branch: string, commits: readonly RangeCommit[]): string => {
  const [only] = commits
  if (only !== undefined && commits.length === 1)
    return `${only.subject}\n${only.body === '' ? '' : `\n${only.body}\n`}`
  return `Squash commits from ${plain(branch)}\n\n${commits.map(({ subject }) => `- ${subject}\n`).join('')}`
}
