import { encodeBytes } from '../../core/bytes.ts'
import { type ObjectId, toObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import type { ProbeStore } from '../probe-store.ts'
import { ADD_TO_COPY, copyIndex, type WorkingTree } from './lines.ts'

/** Our own commits in the probe store need an author, whatever the user's environment says; they are never seen. */
const NOBODY = {
  GIT_AUTHOR_DATE: '1000000000 +0000',
  GIT_COMMITTER_DATE: '1000000000 +0000',
  GIT_AUTHOR_NAME: 'wt',
  GIT_AUTHOR_EMAIL: 'wt@localhost',
  GIT_COMMITTER_NAME: 'wt',
  GIT_COMMITTER_EMAIL: 'wt@localhost',
}

/**
 * The tracked paths that differ from the index. Told to look for itself, git would also add what it can't tell to be
 * unchanged, and give files in the repository's own object store a new date because of it.
 */
const unstagedIn = ({ status }: WorkingTree): readonly string[] =>
  status.entries
    .filter(({ xy }) => xy !== '??' && xy[1] !== '.')
    .flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]))

/**
 * The index and the unstaged changes of tracked files as a commit on top of HEAD, made in the probe store from a copy
 * of the index. Untracked content is not read. Undefined when the worktree is in a state that git can't write as a tree.
 */
export const commitUncommitted = async (
  git: GitReader,
  tree: WorkingTree,
  probes: ProbeStore,
): Promise<ObjectId | undefined> => {
  const env = { ...probes.env(), ...NOBODY, GIT_INDEX_FILE: copyIndex(tree, probes) }
  const run = async (args: readonly string[], input?: Uint8Array): Promise<string> =>
    (await git.read(args, { cwd: tree.path, env, ...(input && { input }) })).stdout.toString().trim()
  const unstaged = unstagedIn(tree)
  try {
    if (unstaged.length > 0) await run([...ADD_TO_COPY, '--update'], encodeBytes(unstaged.join('\0')))
    const written = await run(['write-tree'])
    return toObjectId(await run(['commit-tree', written, '-p', tree.against, '-m', 'uncommitted']))
  } catch {
    return undefined
  }
}
