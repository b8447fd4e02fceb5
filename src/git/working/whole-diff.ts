import { decodeBytes, encodeBytes } from '../../core/bytes.ts'
import { WtError } from '../../core/errors.ts'
import type { AbsolutePath, ObjectId } from '../../core/ids.ts'
import { type Environment, withoutDiscovery } from '../environment.ts'
import type { GitReader } from '../git.ts'
import type { ProbeStore } from '../probe-store.ts'
import { gitProgram } from '../program.ts'
import { ADD_TO_COPY, copyIndex } from './lines.ts'

/** A git that is to be run for the user, with all that the user has set. */
export interface GitCommand {
  readonly argv: readonly [program: string, ...words: readonly string[]]
  readonly env: Readonly<Record<string, string>>
}

interface Place {
  readonly path: AbsolutePath
  readonly gitDir: AbsolutePath
}

/** How often a file may vanish between the list of what is there and its use. */
const ATTEMPTS = 4

const listUntracked = async (git: GitReader, { path }: Place): Promise<readonly string[]> => {
  const { stdout } = await git.read(['ls-files', '-z', '--others', '--exclude-standard'], { cwd: path })
  // Another repository inside ends in a slash: its files are no business of this one.
  return decodeBytes(stdout)
    .split('\0')
    .filter((name) => name !== '' && !name.endsWith('/'))
}

/** A copy of the worktree's index to which the untracked files are known, though not their content. */
const indexWithUntracked = async (git: GitReader, place: Place, probes: ProbeStore): Promise<string> => {
  for (let attempt = 1; ; attempt++) {
    const index = copyIndex(place, probes)
    const files = await listUntracked(git, place)
    if (files.length === 0) return index
    const env = { ...probes.env(), GIT_INDEX_FILE: index }
    const input = encodeBytes(files.join('\0'))
    try {
      await git.read([...ADD_TO_COPY, '--intent-to-add'], { cwd: place.path, env, input })
      return index
    } catch (error) {
      if (attempt >= ATTEMPTS || !(error instanceof WtError)) throw error
    }
  }
}

/**
 * The `git diff` that shows everything in a worktree that differs from a commit: committed, staged, unstaged and
 * untracked. It reads a copy of the index, which must stay until git has ended: the worktree's own is never written. One
 * git, or two where something is untracked. Throws GIT_FAILED.
 */
export const wholeDiff = async (
  git: GitReader,
  place: Place,
  options: {
    readonly base: ObjectId
    readonly words: readonly string[]
    readonly probes: ProbeStore
    readonly env: Environment
  },
): Promise<GitCommand> => {
  const { base, words, probes, env } = options
  const index = await indexWithUntracked(git, place, probes)
  return {
    // Half of a split index would be written beside the one that it was copied from.
    argv: [gitProgram(env), '-c', 'core.splitIndex=false', 'diff', base, ...words],
    env: { ...withoutDiscovery(env), GIT_INDEX_FILE: index },
  }
}
