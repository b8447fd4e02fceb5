import { type AbsolutePath, type ObjectId, parseObjectId } from '../../core/ids.ts'
import type { GitReader } from '../git.ts'
import type { GitWriter } from '../writer.ts'

const oidOf = ({ stdout }: { readonly stdout: Buffer }): ObjectId => parseObjectId(stdout.toString().trim())

/** The index of a worktree as a tree. Throws GIT_FAILED, such as for unmerged paths. */
export const writeIndexTree = async (writer: GitWriter, worktree: AbsolutePath): Promise<ObjectId> =>
  oidOf(await writer.write(['write-tree'], { cwd: worktree }))

interface CommitRequest {
  readonly worktree: AbsolutePath
  /** A tree, or a revision that leads to one. */
  readonly tree: string
  readonly parents: readonly ObjectId[]
  readonly message: string
  readonly signed: boolean
}

/** Makes a commit that no ref holds yet. Throws GIT_FAILED, such as when signing fails. */
export const buildCommit = async (writer: GitWriter, request: CommitRequest): Promise<ObjectId> => {
  const { worktree, tree, parents, message, signed } = request
  const args = ['commit-tree', signed ? '-S' : '--no-gpg-sign', tree, ...parents.flatMap((parent) => ['-p', parent])]
  return oidOf(await writer.write([...args, '-F', '-'], { cwd: worktree, input: message }))
}

/** Whether git would sign a commit in that worktree; a key without a value counts as true, as it does for git. */
export const signsCommits = async (git: GitReader, worktree: AbsolutePath): Promise<boolean> => {
  const { stdout } = await git.read(['config', '--type=bool', '--get', 'commit.gpgSign'], {
    cwd: worktree,
    answers: [0, 1],
  })
  return stdout.toString().trim() === 'true'
}
