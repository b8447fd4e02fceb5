import type { GitValues } from '../core/git-values.ts'

/** What is stored for a branch, by key. Git keeps the keys in lower case; their names hold no dots. */
export const storedVars = (settings: GitValues, branch: string | undefined): Readonly<Record<string, string>> => {
  if (branch === undefined) return {}
  const prefix = `wt.state.${branch}.vars.`
  return Object.fromEntries(
    settings
      .keys(prefix)
      .map((key) => [key.slice(prefix.length), settings.get(key) ?? ''] as const)
      .filter(([name]) => !name.includes('.')),
  )
}
