import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type AbsolutePath, type BranchName, branchRef, type RefName } from '../core/ids.ts'
import { onDisk } from './paths.ts'
import type { GitWriter } from './writer.ts'

/** Repository-wide writes run in the common git directory: any worktree may be about to move. */
export interface RegistryWriter {
  readonly writer: GitWriter
  readonly commonDir: AbsolutePath
}

const write = async ({ writer, commonDir }: RegistryWriter, args: readonly string[]): Promise<void> => {
  await writer.write(args, { cwd: commonDir, env: { GIT_DIR: commonDir } })
}

/** Moves a linked worktree with its registration. The target must not exist. Throws GIT_FAILED; nothing has moved then. */
export const moveWorktree = async (registry: RegistryWriter, from: AbsolutePath, to: AbsolutePath): Promise<void> => {
  await mkdir(onDisk(dirname(to)), { recursive: true })
  await write(registry, ['worktree', 'move', '--', from, to])
}

/** Runs `git switch`. A hook that fails once HEAD is where it should be changes nothing about that. */
const switchTo = async (
  writer: GitWriter,
  top: AbsolutePath,
  words: readonly string[],
  ref: RefName | undefined,
): Promise<void> => {
  try {
    await writer.write(['switch', '--quiet', '--no-overwrite-ignore', ...words], { cwd: top })
  } catch (error) {
    const { stdout } = await writer.write(['symbolic-ref', '--quiet', 'HEAD'], { cwd: top, answers: [0, 1] })
    if (stdout.toString().trimEnd() !== (ref ?? '')) throw error
  }
}

/**
 * Puts a worktree on another branch, with its uncommitted changes where git can take them along. Ignored files are never
 * overwritten. Throws GIT_FAILED.
 */
export const switchBranch = (writer: GitWriter, top: AbsolutePath, branch: BranchName): Promise<void> =>
  switchTo(writer, top, ['--no-guess', '--end-of-options', branch], branchRef(branch))

/** Leaves a worktree on its commit and on no branch. Throws GIT_FAILED. */
export const detachHead = (writer: GitWriter, top: AbsolutePath): Promise<void> =>
  switchTo(writer, top, ['--detach'], undefined)

/** Gives a branch that is checked out nowhere a worktree. Throws GIT_FAILED. */
export const addWorktreeFor = async (registry: RegistryWriter, to: AbsolutePath, branch: BranchName): Promise<void> => {
  await mkdir(onDisk(dirname(to)), { recursive: true })
  await write(registry, ['worktree', 'add', '--quiet', '--end-of-options', to, branch])
}

/** Commits everything in a worktree, untracked files included. Throws GIT_FAILED, as where a hook of git's objects. */
export const commitAll = async (writer: GitWriter, top: AbsolutePath, message: string): Promise<void> => {
  await writer.write(['add', '--all'], { cwd: top })
  await writer.write(['commit', '--quiet', '-m', message], { cwd: top })
}
