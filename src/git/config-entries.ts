import { decodeBytes } from '../core/bytes.ts'
import type { ConfigEntry } from './config-output.ts'
import type { GitReader } from './git.ts'

/** Every entry whose key fits git's expression, sections that are not remembered included. Throws GIT_FAILED. */
export const readConfigEntries = async (git: GitReader, expression: string): Promise<readonly ConfigEntry[]> => {
  const { stdout } = await git.read(['config', '-z', '--get-regexp', expression], { answers: [0, 1] })
  return decodeBytes(stdout)
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const end = entry.indexOf('\n')
      // A key without a value means true.
      return end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)]
    })
}

/** What git's configuration says of each branch in its sections `branch.<name>`: values by name, in lower case. */
export type BranchConfig = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Asks git once for all branches. Throws GIT_FAILED. */
export const readBranchConfig = async (git: GitReader): Promise<BranchConfig> => {
  const branches = new Map<string, Map<string, string>>()
  for (const [key, value] of await readConfigEntries(git, '^branch\\.')) {
    const [from, to] = [key.indexOf('.'), key.lastIndexOf('.')]
    if (to <= from) continue
    const branch = key.slice(from + 1, to)
    const values = branches.get(branch) ?? new Map<string, string>()
    branches.set(branch, values.set(key.slice(to + 1), value))
  }
  return branches
}
